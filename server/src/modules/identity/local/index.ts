import { authLocalLogin } from '../operations/auth.localLogin.ts';
import './problems.ts';

export { authLocalLogin };

export const operations = [authLocalLogin];
