import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { catalogQuery } from '#features/clouds/api.ts';
import type { Catalog } from '#features/clouds/types.ts';
import { megabytes, money } from '#lib/formats.ts';
import { t } from '#lib/i18n.ts';
import { toProblem } from '#lib/problem.ts';
import { Combobox } from '#ui/combobox.tsx';
import type { PickChoice } from '#ui/pick-list.tsx';
import type { PickerProps } from '#ui/operation-form/index.ts';

type Choices = (catalog: Catalog) => PickChoice[];
const regions: Choices = (catalog) => catalog.regions.map(({ id, name }) => ({ value: id, label: id, hint: name }));
const images: Choices = (catalog) => catalog.images.map(({ id, os, architecture }) => ({ value: id, label: id, hint: `${os} · ${architecture}` }));
const sizes: Choices = (catalog) =>
  catalog.sizes.map(({ id, vcpus, memoryMb, diskGb, monthly }) => ({
    value: id,
    label: id,
    hint: `${vcpus} vCPU · ${megabytes(memoryMb)} · ${diskGb} GB · ${money(monthly)}`,
  }));

const picker = (choicesOf: Choices): ComponentType<PickerProps> =>
  function CatalogPicker({ control, value, onChange, siblings }: PickerProps) {
    const connection = siblings['connectionId'];
    const known = typeof connection === 'string' && connection !== '';
    const { data, error, isFetching } = useQuery({ ...catalogQuery(known ? connection : ''), enabled: known });
    return (
      <Combobox
        control={control}
        value={typeof value === 'string' ? value : ''}
        choices={data ? choicesOf(data) : []}
        loading={isFetching}
        note={error ? toProblem(error).message : known ? undefined : t('run.catalog.first')}
        onChange={(next) => onChange(next || undefined)}
      />
    );
  };

/** What a connection sells, by the hint of the field; the connection is chosen in the same form. */
export const catalogPickers: Readonly<Record<string, ComponentType<PickerProps>>> = {
  'cloud-region': picker(regions),
  'server-size': picker(sizes),
  'server-image': picker(images),
};
