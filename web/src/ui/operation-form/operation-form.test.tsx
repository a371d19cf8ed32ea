import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import type { JsonSchema } from '#lib/schema.ts';
import { checkForm, initialValue, OperationForm, prune } from './index.ts';

type Input = Record<string, unknown>;
/** Renders the form over a live value and tells what would be sent. */
function show(schema: JsonSchema, errors: Record<string, string> = {}, start?: Input) {
  let current: Input = start ?? (initialValue(schema, schema) as Input);
  function Live() {
    const [value, setValue] = useState(current);
    current = value;
    return <OperationForm schema={schema} value={value} onChange={setValue} errors={errors} />;
  }
  render(<Live />);
  return { sent: () => prune(current, schema, schema) as Input, check: () => checkForm(prune(current, schema, schema), schema, schema) };
}
const object = (properties: Record<string, JsonSchema>, required: string[] = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const type = (label: string | RegExp, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } });

test('texts, numbers and switches become values of their own type', () => {
  const { sent } = show(object({ name: { type: 'string', title: 'Name' }, count: { type: 'integer' }, growDisk: { type: 'boolean' } }));
  type('Name', 'web-1');
  type('Count', '3');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Grow disk' }));
  expect(sent()).toEqual({ name: 'web-1', count: 3, growDisk: true });
});

test('an optional field left blank is not sent, and a default is there to begin with', () => {
  const { sent } = show(object({ note: { type: 'string' }, port: { type: 'integer', default: 53 } }, []));
  expect(sent()).toEqual({ port: 53 });
  type(/Note/, 'x');
  type(/Note/, '');
  expect(sent()).toEqual({ port: 53 });
});

test('what is missing or unreadable is told by pointer before anything is sent', () => {
  const { check } = show(object({ name: { type: 'string' }, count: { type: 'integer' } }));
  expect(check()).toEqual({ '/name': 'This is needed.', '/count': 'This is needed.' });
  type('Count', 'many');
  expect(check()).toMatchObject({ '/count': 'This is not a number.' });
});

test('an error of the server stands at the field it points to, tied to it for screen readers', () => {
  show(object({ name: { type: 'string', help: 'Becomes the host name' } }), { '/name': 'already taken' });
  const field = screen.getByLabelText('Name');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  const words = field
    .getAttribute('aria-describedby')!
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .join(' ');
  expect(words).toContain('already taken');
  expect(words).toContain('Becomes the host name');
});

test('errors reach into nested objects and lists', () => {
  show(
    object({ records: { type: 'array', items: object({ value: { type: 'string' } }) } }),
    { '/records/1/value': 'not an address' },
    { records: [{ value: 'a' }, { value: 'b' }] },
  );
  const fields = screen.getAllByLabelText('Value');
  expect(fields.map((field) => field.getAttribute('aria-invalid'))).toEqual([null, 'true']);
});

test('null is said on purpose, and is not the same as left blank', () => {
  const { sent } = show(object({ environment: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, []));
  expect(sent()).toEqual({});
  fireEvent.click(screen.getByRole('checkbox', { name: 'None' }));
  expect(sent()).toEqual({ environment: null });
});

test('a list grows and shrinks, and a record has names of one’s own', () => {
  const { sent } = show(
    object(
      {
        servers: { type: 'array', items: { type: 'string' }, title: 'Servers' },
        labels: { type: 'object', additionalProperties: { type: 'string' }, title: 'Labels' },
      },
      [],
    ),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Add to Servers' }));
  type('Servers 1', 'ns1');
  fireEvent.click(screen.getByRole('button', { name: 'Add to Labels' }));
  const labels = within(screen.getByRole('group', { name: 'Labels' }));
  fireEvent.change(labels.getByLabelText('Name'), { target: { value: 'team' } });
  fireEvent.change(labels.getByLabelText('Value'), { target: { value: 'core' } });
  expect(sent()).toEqual({ servers: ['ns1'], labels: { team: 'core' } });
  fireEvent.click(screen.getByRole('button', { name: 'Remove Servers 1' }));
  expect(sent()).toEqual({ labels: { team: 'core' } });
});

test('some of a fixed few are check boxes', () => {
  const { sent } = show(object({ days: { type: 'array', items: { type: 'string', enum: ['mon', 'tue'] } } }, []));
  fireEvent.click(screen.getByRole('checkbox', { name: 'tue' }));
  expect(sent()).toEqual({ days: ['tue'] });
});

test('a union shows the fields of the branch whose constant the value has, and sends the constant', () => {
  const union: JsonSchema = {
    oneOf: [
      object({ kind: { type: 'string', const: 'simulated' }, seed: { type: 'integer' } }),
      object({ kind: { type: 'string', const: 'rfc2136' }, server: { type: 'string' } }),
    ],
  };
  const { sent } = show(object({ config: union }), {}, { config: { kind: 'rfc2136' } });
  expect(screen.queryByLabelText('Seed')).toBeNull();
  type('Server', 'ns1.example');
  expect(sent()).toEqual({ config: { kind: 'rfc2136', server: 'ns1.example' } });
});

test('references and intersections are followed', () => {
  const schema: JsonSchema = {
    ...object({ a: { $ref: '#/$defs/A' } }),
    $defs: { A: { allOf: [object({ x: { type: 'string' } }), object({ y: { type: 'string' } })] } },
  };
  const { check } = show(schema);
  expect(screen.getByLabelText('X')).toBeTruthy();
  expect(Object.keys(check())).toEqual(['/a/x', '/a/y']);
});

test('what the schema leaves open is JSON; text that does not parse is kept and refused', () => {
  const { sent, check } = show(object({ facts: {} }, []));
  type(/Facts/, '{"a":');
  expect(check()).toEqual({ '/facts': 'This is not valid JSON.' });
  type(/Facts/, '{"a":1}');
  expect(sent()).toEqual({ facts: { a: 1 } });
});

test('secrets are hidden while typed, hidden fields are not drawn, constants are sent', () => {
  const { sent } = show(
    object({ token: { type: 'string', widget: 'password' }, planHash: { type: 'string', widget: 'hidden' }, version: { const: 2 } }, [
      'token',
      'version',
    ]),
  );
  expect(screen.getByLabelText('Token').getAttribute('type')).toBe('password');
  expect(screen.queryByLabelText(/Plan hash/)).toBeNull();
  expect(sent()).toEqual({ version: 2 });
});

test('a choice offers each value, and an optional one also none of them', async () => {
  const { sent } = show(object({ size: { type: 'string', enum: ['small', 'large'] } }, []));
  const box = screen.getByRole('combobox', { name: /Size/ });
  await act(async () => fireEvent.keyDown(box, { key: 'ArrowDown' }));
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Not set', 'small', 'large']);
  await act(async () => fireEvent.keyDown(screen.getByRole('option', { name: 'large' }), { key: 'Enter' }));
  expect(sent()).toEqual({ size: 'large' });
});
