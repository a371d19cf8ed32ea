import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { newDraft, type RecordDraft } from './record-draft.ts';
import { RecordEditor } from './record-editor.tsx';

const zone = { name: 'acme.test', defaultTtl: 3600 };
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const open = (start: RecordDraft, siblings = 0) => {
  const onStage = vi.fn<(record: object) => void>();
  const onCancel = vi.fn<() => void>();
  render(<RecordEditor isNew zone={zone} start={start} siblings={() => siblings} onStage={onStage} onCancel={onCancel} />);
  return { onStage, onCancel };
};

test('the full name is shown while one types, and the record is staged with it', () => {
  const { onStage } = open(newDraft('A'));
  type('Name', 'blog');
  expect(screen.getByText('blog.acme.test')).toBeTruthy();
  type('IPv4 address', '192.0.2.44');
  fireEvent.click(screen.getByRole('button', { name: 'Stage' }));
  expect(onStage).toHaveBeenCalledWith({ name: 'blog.acme.test', type: 'A', ttl: null, value: '192.0.2.44', comment: null });
});

test('nothing is staged while something is missing, and the fields say what', () => {
  const { onStage } = open(newDraft('MX'));
  expect(screen.queryByText('This is needed.')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Stage' }));
  expect(onStage).not.toHaveBeenCalled();
  expect(screen.getByText('Give a name, or @ for the zone itself.')).toBeTruthy();
  expect(screen.getByText('This is needed.')).toBeTruthy();
});

test('a host without a dot is asked about, and one press makes it the one in the zone', () => {
  open({ ...newDraft('MX'), name: '@' });
  type('Mail server', 'mail');
  fireEvent.click(screen.getByRole('button', { name: 'mail.acme.test.?' }));
  expect(screen.getByLabelText<HTMLInputElement>('Mail server').value).toBe('mail.acme.test.');
});

test('a TTL that other records share says so', () => {
  open({ ...newDraft('A'), name: 'api', ttl: '120' }, 2);
  expect(screen.getByText(/Its set has 2 more records, which follow/)).toBeTruthy();
});

test('Escape leaves the editor without staging', () => {
  const { onStage, onCancel } = open(newDraft('A'));
  fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'Escape' });
  expect(onCancel).toHaveBeenCalledTimes(1);
  expect(onStage).not.toHaveBeenCalled();
});
