// The database that the program under test made for itself, as its superuser: for what only time does.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs statements. The server listens in a folder that its own file names. */
export async function sql({ dataDir }, statements) {
  const [, , , port, socket] = (await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')).split('\n');
  const where = ['-h', socket, '-p', port, '-U', 'postgres', '-d', 'sanad'];
  await promisify(execFile)('psql', ['-X', ...where, '-v', 'ON_ERROR_STOP=1', '-c', statements]);
}

/** The closing of a file, and what is due after it, so many months earlier. */
export function closedEarlier(app, file, months) {
  const id = file.split('/').pop();
  const earlier = (column) => `${column} = ${column} - interval '${months} months 1 day'`;
  // no trigger: nobody could do this through the program
  return sql(app, `set session_replication_role = replica;
    update app.case_episode set ${['opened_at', 'closed_at'].map(earlier)} where case_id = '${id}';
    update app.task set ${earlier('due_at')} where case_id = '${id}' and rule like 'after_closure_%'`);
}

/** Whoever is signed in showed who they are some minutes ago: what is grave asks again. */
export function confirmedEarlier(app, minutes) {
  return sql(app, `set session_replication_role = replica;
    update sec.session set stepped_up_at = stepped_up_at - interval '${minutes} minutes'`);
}
