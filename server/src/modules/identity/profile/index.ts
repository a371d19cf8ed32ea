import { usersAvatarDelete } from '../operations/users.avatar.delete.ts';
import { usersAvatarGet } from '../operations/users.avatar.get.ts';
import { usersAvatarPut } from '../operations/users.avatar.put.ts';
import { usersMeActivity } from '../operations/users.me.activity.ts';
import { usersMeChangeEmail } from '../operations/users.me.changeEmail.ts';
import { usersMeChangePassword } from '../operations/users.me.changePassword.ts';
import { usersMeGet } from '../operations/users.me.get.ts';
import { usersMePreferencesGet } from '../operations/users.me.preferences.get.ts';
import { usersMePreferencesUpdate } from '../operations/users.me.preferences.update.ts';
import { usersMeUpdate } from '../operations/users.me.update.ts';
import './problems.ts';

export {
  usersAvatarDelete,
  usersAvatarGet,
  usersAvatarPut,
  usersMeActivity,
  usersMeChangeEmail,
  usersMeChangePassword,
  usersMeGet,
  usersMePreferencesGet,
  usersMePreferencesUpdate,
  usersMeUpdate,
};

export const operations = [
  usersMeGet,
  usersMeUpdate,
  usersMeChangeEmail,
  usersMeChangePassword,
  usersMePreferencesGet,
  usersMePreferencesUpdate,
  usersMeActivity,
  usersAvatarPut,
  usersAvatarDelete,
  usersAvatarGet,
];

export const events = {
  'user.updated': 'A person changed their profile; the payload names the fields, not what is in them',
  'auth.password_changed': 'A person changed their password',
};
