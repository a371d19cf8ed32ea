import { request } from '#lib/api.ts';
import { t } from '#lib/i18n.ts';
import { passkeysAreThere, type PublicKeyCredentialRequestOptionsJSON } from '#lib/passkey.ts';
import { offered, type Proof } from '#features/auth/proof.ts';
import { ProofForm } from '#features/auth/proof-form.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { asked } from './ask.ts';

interface Prepared {
  /** What a passkey has to sign. */
  options?: PublicKeyCredentialRequestOptionsJSON;
  resendAfterSeconds?: number;
}
const prepare = (factor: 'webauthn' | 'sms'): Promise<Prepared> => request<Prepared>('POST', '/auth/step-up/options', { body: { factor } });

/** Asks for a fresh proof over whatever is on screen; the call that needed it goes on afterwards. */
export function StepUpDialog() {
  const question = asked.use();
  if (!question) return null;
  const factors = offered(question.factors, passkeysAreThere());
  const prove = async (proof: Proof): Promise<void> => {
    await request('POST', '/auth/step-up', { body: proof });
    question.settle(true);
  };
  return (
    <Dialog open width="sm" onOpenChange={(open) => !open && question.settle(false)} title={t('stepUp.title')} description={t('stepUp.lead')}>
      {factors.length === 0 ? (
        <p>{t('stepUp.none')}</p>
      ) : (
        <ProofForm
          factors={factors}
          submit={t('stepUp.submit')}
          prove={prove}
          passkeyOptions={() => prepare('webauthn').then(({ options }) => options!)}
          sendSms={() => prepare('sms')}
        />
      )}
    </Dialog>
  );
}
