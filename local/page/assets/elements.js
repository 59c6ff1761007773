// Making elements and texts: what every part of the page uses.

export const byId = (id) => document.getElementById(id)
export const percent = (share, digits = 0) => (share === null || share === undefined ? '–' : `${(share * 100).toFixed(digits)} %`)
export const number = (value, digits = 1) => (value === null || value === undefined ? '–' : value.toFixed(digits))
export const clockText = (seconds) => new Date(seconds * 1000).toISOString().slice(11, 19)

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (name === 'style') made.style.cssText = value
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined))
  return made
}
