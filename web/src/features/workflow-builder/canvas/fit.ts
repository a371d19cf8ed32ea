/** The whole graph, no larger than it is; also what is painted and not in the document at that moment. */
export const FIT = { padding: 0.15, maxZoom: 1, includeHiddenNodes: true };
/** As it is first seen. */
export const FIT_FIRST = { ...FIT, minZoom: 0.2 };
