import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { DiffView } from './diff-view.tsx';

test('each change says in words what happens to which resource', () => {
  render(
    <DiffView
      changes={[
        { action: 'create', type: 'server', name: 'web-1', fields: [{ path: 'size', after: 'cx22' }] },
        { action: 'delete', type: 'record', name: 'old.example A', fields: [] },
      ]}
    />,
  );
  expect(screen.getByText('Create')).toBeTruthy();
  expect(screen.getByText('Delete')).toBeTruthy();
  const table = screen.getByRole('table', { name: 'Fields of web-1' });
  expect(within(table).getByRole('rowheader').textContent).toBe('size');
  expect(within(table).getByText('cx22').tagName).toBe('INS');
});

test('a short update stands on one line, the old value struck out', () => {
  const { container } = render(
    <DiffView changes={[{ action: 'update', type: 'server', name: 'web-1', fields: [{ path: 'size', before: 'cx22', after: 'cx32' }] }]} />,
  );
  expect(container.querySelector('del')?.textContent).toBe('cx22');
  expect(container.querySelector('ins')?.textContent).toBe('cx32');
});

test('a long update is shown line by line with signs', () => {
  const before = 'v=spf1 include:_spf.example.net include:_spf.example.com ~all';
  const { container } = render(
    <DiffView changes={[{ action: 'update', type: 'record', name: 'x TXT', fields: [{ path: 'value', before, after: `${before} exp=1` }] }]} />,
  );
  expect(container.querySelector('del')?.textContent).toBe(before);
  expect(container.textContent).toContain('−');
});
