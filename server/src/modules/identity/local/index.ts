import { authLocalLogin } from '../operations/auth.localLogin.ts';
import './problems.ts';

export const operations = [authLocalLogin];
