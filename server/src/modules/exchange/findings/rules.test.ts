import { expect, test } from 'vitest';
import { isReloaded, isRepairable, modeOf, MOST_REPAIRS, severityOf, type Standing } from './rules.ts';
import { CLASSES, type FindingClass } from './schemas.ts';

const AUTO: FindingClass[] = ['wrong_generation', 'unmanaged_generation', 'file_tampered', 'current_link', 'protocol_missing', 'protocol_extra'];
const modes = (standing: Partial<Standing>) => (kind: FindingClass) =>
  modeOf(kind, { follows: true, repairs: 0, classes: [kind], ignored: new Set(), ...standing });

test('what loading again puts right is put right by itself; what somebody may have meant is proposed; all else is told', () => {
  const of = modes({});
  expect(CLASSES.filter((kind) => of(kind) === 'auto')).toEqual(AUTO);
  expect(CLASSES.filter((kind) => of(kind) === 'propose')).toEqual(['protocol_disabled']);
  expect(CLASSES.filter(isReloaded)).toEqual([...AUTO, 'protocol_disabled']);
  expect(CLASSES.filter((kind) => !isRepairable(kind))).toEqual([
    'foreign_protocol', 'foreign_unconfirmed', 'bird_down', 'rpki_degraded', 'limit_hit', 'foreign_route', 'host_key_changed', 'health_regression',
    'identity_changed', 'irr_kept', 'orphaned_port',
  ]); // prettier-ignore
});

test('a server that is held or does not follow is only told of, and so is what is left alone', () => {
  for (const kind of CLASSES) {
    expect(modes({ follows: false })(kind)).toBe('report');
    expect(modes({ ignored: new Set([kind]) })(kind)).toBe('report');
  }
});

test('another configuration with protocols of its own is not overwritten by itself', () => {
  const classes: FindingClass[] = ['unmanaged_generation', 'foreign_protocol', 'protocol_missing'];
  expect(classes.map(modes({ classes }))).toEqual(['propose', 'report', 'propose']);
  expect(modes({ classes: ['unmanaged_generation', 'protocol_missing'] })('unmanaged_generation')).toBe('auto');
});

test('what was put right five times within an hour is proposed from then on, and is critical', () => {
  expect(AUTO.map(modes({ repairs: MOST_REPAIRS - 1 }))).toEqual(AUTO.map(() => 'auto'));
  expect(AUTO.map(modes({ repairs: MOST_REPAIRS }))).toEqual(AUTO.map(() => 'propose'));
  expect([severityOf('file_tampered', 4), severityOf('file_tampered', 5), severityOf('rpki_degraded', 9)]).toEqual([
    'warning',
    'critical',
    'warning',
  ]);
  expect(CLASSES.filter((kind) => severityOf(kind) === 'critical')).toEqual(['member_unknown_authorized', 'host_key_changed', 'identity_changed']);
});
