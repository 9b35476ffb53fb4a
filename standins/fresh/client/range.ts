/**
 * The nodes between two markers, in the shape Preact renders into: islands share their parent with
 * other nodes, so they cannot have it to themselves.
 */
export class Range {
  readonly nodeType = 1;
  readonly nextSibling = null;
  readonly parentNode: ParentNode;
  readonly #start: Node;
  readonly #end: Node;

  /** Both markers are children of `parentNode`, `start` before `end`. */
  constructor(parentNode: ParentNode, start: Node, end: Node) {
    this.parentNode = parentNode;
    this.#start = start;
    this.#end = end;
  }

  get namespaceURI(): string | null {
    return (this.parentNode as Element).namespaceURI;
  }

  get childNodes(): Node[] {
    const nodes: Node[] = [];
    let node = this.#start.nextSibling;
    while (node !== null && node !== this.#end) {
      nodes.push(node);
      node = node.nextSibling;
    }
    return nodes;
  }

  get firstChild(): Node | null {
    return this.childNodes[0] ?? null;
  }

  insertBefore(node: Node, before: Node | null): void {
    this.parentNode.insertBefore(node, before ?? this.#end);
  }

  appendChild(node: Node): void {
    this.insertBefore(node, null);
  }

  removeChild(node: Node): void {
    this.parentNode.removeChild(node);
  }

  contains(node: Node | null): boolean {
    return this.childNodes.some((child) => child.contains(node));
  }
}
