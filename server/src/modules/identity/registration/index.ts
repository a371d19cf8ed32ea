import { authConfirmEmail } from '../operations/auth.confirmEmail.ts';
import { authForgotPassword } from '../operations/auth.forgotPassword.ts';
import { authNotMe } from '../operations/auth.notMe.ts';
import { authResendVerification } from '../operations/auth.resendVerification.ts';
import { authResetPassword } from '../operations/auth.resetPassword.ts';
import { authSignup } from '../operations/auth.signup.ts';
import { authUndoEmailChange } from '../operations/auth.undoEmailChange.ts';
import { authUnlock } from '../operations/auth.unlock.ts';
import { authVerifyEmail } from '../operations/auth.verifyEmail.ts';
import './problems.ts';

export {
  authConfirmEmail,
  authForgotPassword,
  authNotMe,
  authResendVerification,
  authResetPassword,
  authSignup,
  authUndoEmailChange,
  authUnlock,
  authVerifyEmail,
};

export const operations = [
  authSignup,
  authVerifyEmail,
  authResendVerification,
  authForgotPassword,
  authResetPassword,
  authUnlock,
  authNotMe,
  authConfirmEmail,
  authUndoEmailChange,
];
