// @ts-check
// Elements made of text and other elements: the only way anything of ours gets on a screen.

/**
 * @param {Document} doc @param {string} tag @param {string} name  class
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function make(doc, tag, name, ...children) {
  const element = doc.createElement(tag);
  if (name) element.className = name;
  element.append(...children.map((child) => (typeof child === 'string' ? upright(child) : child)));
  return element;
}

/** Text of a page or source without the characters that would turn the order of what stands around it. @param {string} text */
function upright(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}

/**
 * A property of nodes as the browser has it: fields of a form hide the form's own by their names.
 * @template {Node} T @template {keyof T} K @param {{ prototype: T }} owner @param {K} name @returns {(node: Node) => T[K]}
 */
export function property({ prototype }, name) {
  const get = /** @type {() => T[K]} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);
  return (node) => get.call(node);
}

const parentElementOf = property(Node, 'parentElement');

/**
 * A button that does not send a form.
 * @param {Document} doc @param {string} name @param {string} text @param {() => void} act
 */
export function button(doc, name, text, act) {
  const element = make(doc, 'button', name, text);
  element.setAttribute('type', 'button');
  element.addEventListener('click', act);
  return element;
}

/**
 * The element above, out of a shadow tree into its host as well.
 * @param {Element} element @returns {Element | null}
 */
export function above(element) {
  return parentElementOf(element) ?? /** @type {ShadowRoot} */ (Node.prototype.getRootNode.call(element)).host ?? null;
}
