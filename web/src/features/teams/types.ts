/** A team of people, as rules name it by `slug`. */
export interface Team {
  id: string;
  slug: string;
  name: string;
  description: string;
  members: { id: string; name: string; email: string; active: boolean }[];
  version: number;
  createdAt: string;
}
