// Sends what a button asks for, and says at the top of the page what went wrong.
import { byId } from '/elements.js'

export async function act(action, button) {
  button.disabled = true
  try {
    const response = await fetch('/actions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(action),
    })
    const { isDone, sentence } = await response.json()
    if (!isDone) banner(sentence)
  } catch {
    banner('The local system does not answer; is npm start still running?')
  } finally {
    button.disabled = false
  }
}

export function banner(text) {
  byId('banner').hidden = text === ''
  byId('banner').textContent = text
}
