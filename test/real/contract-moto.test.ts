// The contract at moto's server: a second opinion. Every difference is listed with the case, and a difference that has gone is reported.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { runContract } from '#test/contract/run-contract.ts'
import { suites } from '#test/contract/suites.ts'

const installed = resolve(process.env.SLUICE_VENV ?? '.venv', 'bin/moto_server')
const command = existsSync(installed) ? installed : 'moto_server'
let moto: ChildProcess | undefined
let url = ''

beforeAll(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  moto = spawn(command, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  let failure: Error | undefined
  moto.once('error', (error) => {
    failure = error
  })
  for (const end = Date.now() + 60_000; !(await answers()); ) {
    if (failure !== undefined || Date.now() > end) throw new Error(`${command} does not answer at ${url}`, { cause: failure })
    await new Promise((next) => setTimeout(next, 100))
  }
}, 70_000)

afterAll(() => {
  moto?.kill()
})

runContract('moto', suites, () => url)

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function answers(): Promise<boolean> {
  return fetch(`${url}/moto-api/`).then(
    () => true,
    () => false,
  )
}
