import { upload } from './upload.ts';

interface Sending {
  collectionId: string;
  tenant: string;
  file: File;
  /** The same for each try of one file, so that none is added twice. */
  key: string;
  onProgress: (percent: number) => void;
  signal: AbortSignal;
}

/** The bytes of a file as JSON can carry them. */
const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'));
    reader.readAsDataURL(file);
  });

/** Adds one file to a collection; true when it is there, false when somebody has to agree first. */
export async function sendFile({ collectionId, file, ...how }: Sending): Promise<boolean> {
  const content = await base64Of(file);
  const answer = await upload<{ change?: object }>({ ...how, path: '/documents', body: { collectionId, filename: file.name, content, encoding: 'base64' } });
  return answer.change === undefined;
} // prettier-ignore
