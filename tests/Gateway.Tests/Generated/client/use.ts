// Uses a server through the client that is generated from its own OpenAPI document: from a meter to a paid-for device's invoice.
// It compiles only when the document's types allow all of it, and prints what the server answered.
import createClient from 'openapi-fetch'
import type { components, paths } from './built/schema.js'

declare const process: { argv: string[]; exitCode: number }

const [baseUrl, key] = process.argv.slice(2)
const client = createClient<paths>({ baseUrl: baseUrl!, headers: { authorization: `Bearer ${key}` } })

/** The body of an answer, which every operation documents; a problem ends the program. */
function ok<T>(what: string, answer: { data?: T; error?: components['schemas']['Problem']; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${what}: ${answer.response.status} ${answer.error?.code} ${answer.error?.detail}`)
  }
  return answer.data
}

const plan: components['schemas']['Plan'] = {
  id: 'home',
  currency: 'EUR',
  charges: [
    { id: 'base', name: 'Base fee', kind: 'recurring', model: 'flat', amount: '9.50' },
    { id: 'energy', name: 'Energy', meter: 'energy', model: 'perUnit', unitPrice: '0.31' },
  ],
}

ok('meter', await client.POST('/v1/meters', { body: { id: 'energy', unit: 'kWh' } }))
ok('plan', await client.POST('/v1/plans', { body: plan }))
const customer = ok('customer', await client.POST('/v1/customers', {
  body: { id: 'c-1', name: 'Ada', currency: 'EUR', address: ['12 St James\'s Square', 'London'] },
}))
const subscription = ok('subscription', await client.POST('/v1/subscriptions', {
  body: { id: 's-1', customer: customer.id, plan: plan.id, start: '2012-06-01T00:00:00Z' },
}))
const device = ok('device', await client.POST('/v1/devices', { body: { id: 'meter/17', subscription: subscription.id } }))
const usage = ok('usage', await client.POST('/v1/events', {
  body: {
    events: [
      { id: 'e-1', device: device.id, meter: 'energy', time: '2012-06-02T08:00:00Z', value: '12.5' },
      { id: 'e-2', device: device.id, meter: 'energy', time: '2012-06-02T09:00:00Z', value: 2, dimensions: { site: 'roof' } },
    ],
  },
}))
const found = ok('device', await client.GET('/v1/devices/{id}', { params: { path: { id: 'meter/17' } } }))
const bill = ok('bill', await client.GET('/v1/customers/{id}/bill', { params: { path: { id: customer.id } } }))
ok('clock', await client.POST('/v1/clock/advance', { body: { to: '2012-07-02T00:00:00Z' } }))
const invoices = ok('invoices', await client.GET('/v1/customers/{id}/invoices', { params: { path: { id: customer.id }, query: { limit: 10 } } }))
const invoice = ok('invoice', await client.GET('/v1/invoices/{id}', { params: { path: { id: invoices.items[0]!.id } } }))
const refused = await client.GET('/v1/customers/{id}', { params: { path: { id: 'nobody' } } })

console.log(JSON.stringify({
  accepted: usage.accepted,
  statuses: usage.results.map(result => result.status),
  device: found.id,
  bill: bill.total,
  invoice: invoice.total,
  lines: invoice.lines.map(line => `${line.chargeId} ${line.quantity} ${line.amount}`),
  refused: refused.error?.code,
}))
