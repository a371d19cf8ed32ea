import { Decoration, MatchDecorator, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';

const looks = {
  comment: Decoration.mark({ class: 'cm-note' }),
  text: Decoration.mark({ class: 'cm-text' }),
  key: Decoration.mark({ class: 'cm-key' }),
  value: Decoration.mark({ class: 'cm-value' }),
};
const NAMES = Object.keys(looks) as (keyof typeof looks)[];

/** The parts of a line of YAML, near enough for the eye; what counts is how the server reads it. */
const PARTS =
  /(?<comment>(?:^|(?<=\s))#.*)|(?<text>"(?:\\.|[^"\\])*"|'(?:''|[^'])*')|(?<key>(?<=^\s*(?:- +)*|[{,]\s*)[\w.-]+(?=:(?:\s|$)))|(?<value>(?<=[\s[,])(?:true|false|null|\d+(?:\.\d+)?[smhdw]?)(?=[\s\],}]|$))/g;

const matcher = new MatchDecorator({
  regexp: PARTS,
  decorate: (add, from, to, { groups = {} }) => {
    const name = NAMES.find((each) => groups[each] !== undefined);
    if (name) add(from, to, looks[name]);
  },
});

/** Colours for keys, texts, values and comments. */
export const highlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
