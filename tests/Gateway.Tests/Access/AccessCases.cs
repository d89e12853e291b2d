namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>Every operation of the document, in an order in which the owner's calls succeed.</summary>
internal static class AccessCases
{
    public static readonly AccessCase[] All = [.. Operators(), .. Keys(), .. Catalogue(), .. Customers(), .. Subscriptions(), .. Devices(), .. Usage(), .. Rest()];

    /// <summary>What other products' clients send, which is not in the document; all of it needs the scope <c>ingest</c>.</summary>
    public static readonly AccessCase[] Compat =
    [
        new("post openmeter", "/compat/openmeter/api/v1/events", """
            { "specversion": "1.0", "id": "om-own", "source": "x", "type": "m-own", "subject": "d-own", "time": "2012-07-01T08:00:00Z", "data": { "value": 1 } }
            """, 204, 400),
        new("post lago", "/compat/lago/api/v1/events", """
            { "event": { "transaction_id": "l-own", "external_subscription_id": "d-own", "code": "m-own", "timestamp": 1341129600, "properties": { "value": 1 } } }
            """, 200, 422),
        new("post lago batch", "/compat/lago/api/v1/events/batch", """
            { "events": [ { "transaction_id": "k-own", "external_subscription_id": "d-own", "code": "m-own", "timestamp": 1341129600, "properties": { "value": 1 } } ] }
            """, 200, 422),
    ];

    private static IEnumerable<AccessCase> Operators() =>
    [
        new("post /v1/tenants", "/v1/tenants", """{ "id": "{tenant}-x" }""", 201, 403),
        new("post /v1/tenants/{id}/keys", "/v1/tenants/{tenant}/keys", """{ "scopes": ["read"] }""", 201, 403),
        new("get /v1/tenants/{id}/keys", "/v1/tenants/{tenant}/keys", null, 200, 403),
        new("post /v1/tenants/{id}/keys/{key}/revoke", "/v1/tenants/{tenant}/keys/{key-a}/revoke", "", 200, 403),
        new("post /v1/tenants/{id}/keys/{key}/rotate", "/v1/tenants/{tenant}/keys/{key-b}/rotate", "{}", 201, 403),
    ];

    private static IEnumerable<AccessCase> Keys() =>
    [
        new("get /v1/tenants", "/v1/tenants", null, 200, 200),
        new("get /v1/clock", "/v1/clock", null, 200, 200),
        new("post /v1/keys", "/v1/keys", """{ "scopes": ["read"], "customer": "c-own" }""", 201, 422),
        new("get /v1/keys", "/v1/keys", null, 200, 200),
        new("post /v1/portal-tokens", "/v1/portal-tokens", """{ "customer": "c-own" }""", 201, 422),
        new("post /v1/keys/{id}/revoke", "/v1/keys/{key-c}/revoke", ""),
        new("post /v1/keys/{id}/rotate", "/v1/keys/{key-d}/rotate", "{}", 201),
    ];

    private static IEnumerable<AccessCase> Catalogue() =>
    [
        new("post /v1/meters", "/v1/meters", """{ "id": "new-own", "unit": "kWh" }""", 201, 201),
        new("get /v1/meters", "/v1/meters", null, 200, 200),
        new("get /v1/meters/{id}", "/v1/meters/m-own"),
        new("post /v1/plans", "/v1/plans", """{ "id": "new-own", "currency": "EUR", "charges": [ { "id": "c", "meter": "m-own", "unitPrice": "1" } ] }""", 201, 422),
        new("get /v1/plans", "/v1/plans", null, 200, 200),
        new("get /v1/plans/{id}", "/v1/plans/p-own"),
        new("get /v1/plans/{id}/migrations", "/v1/plans/p-own/migrations"),
        new("get /v1/plans/{id}/migrations/{migration}", "/v1/plans/p-own/migrations/mig-own"),
        new("post /v1/plans/{id}/migrations", "/v1/plans/p-own/migrations", """{ "id": "mig2-own", "fromVersion": 1 }""", 201),
        new("post /v1/plans/{id}/migrations/{migration}/apply", "/v1/plans/p-own/migrations/mig-own/apply", ""),
        new("post /v1/quotes", "/v1/quotes", """{ "plan": "quota-own", "quantity": "1" }""", 200, 422),
        new("get /schemas/plan.json", "/schemas/plan.json", null, 200, 200),
    ];

    private static IEnumerable<AccessCase> Customers() =>
    [
        new("post /v1/customers", "/v1/customers", """{ "id": "new-own", "name": "N", "currency": "EUR" }""", 201, 201),
        new("get /v1/customers", "/v1/customers", null, 200, 200),
        new("get /v1/customers/{id}", "/v1/customers/c-own", OfCustomer: true),
        new("put /v1/customers/{id}", "/v1/customers/other", """{ "id": "other", "name": "Bob", "currency": "EUR", "country": "DE" }"""),
        new("get /v1/customers/{id}/drafts", "/v1/customers/held-own/drafts"),
        new("post /v1/customers/{id}/drafts/{draft}/finalize", "/v1/customers/held-own/drafts/20120701T000000Z-0/finalize", ""),
        new("get /v1/customers/{id}/bill", "/v1/customers/c-own/bill", OfCustomer: true),
        new("get /v1/customers/{id}/bill/live", "/v1/customers/c-own/bill/live", OfCustomer: true),
        new("get /v1/customers/{id}/invoices", "/v1/customers/c-own/invoices", OfCustomer: true),
        new("post /v1/customers/{id}/what-if", "/v1/customers/c-own/what-if", """{ "plans": [ { "plan": "p-own" } ] }""", OfCustomer: true),
        new("get /v1/customers/{id}/agreements", "/v1/customers/c-own/agreements", OfCustomer: true),
        new("get /v1/customers/{id}/agreements/{agreement}", "/v1/customers/c-own/agreements/a-own", OfCustomer: true),
        new("post /v1/customers/{id}/agreements", "/v1/customers/other/agreements", """{ "id": "b-own", "minimum": { "amount": "1" }, "from": "2012-08-01T00:00:00Z" }""", 201),
        new("post /v1/customers/{id}/agreements/{agreement}/end", "/v1/customers/c-own/agreements/a-own/end", """{ "at": "2012-12-01T00:00:00Z" }"""),
        new("get /v1/customers/{id}/wallets", "/v1/customers/c-own/wallets", OfCustomer: true),
        new("get /v1/customers/{id}/wallets/{wallet}", "/v1/customers/c-own/wallets/w-own", OfCustomer: true),
        new("post /v1/customers/{id}/wallets", "/v1/customers/c-own/wallets", """{ "id": "x-own" }""", 201),
        new("post /v1/customers/{id}/wallets/{wallet}/grants", "/v1/customers/c-own/wallets/w-own/grants", """{ "id": "i-own", "kind": "paid", "amount": "5.00" }""", 201),
        new("post /v1/customers/{id}/wallets/{wallet}/grants/{grant}/void", "/v1/customers/c-own/wallets/w-own/grants/h-own/void", """{ "reason": "reversed" }"""),
        new("get /v1/customers/{id}/journal", "/v1/customers/c-own/journal", OfCustomer: true),
    ];

    private static IEnumerable<AccessCase> Subscriptions() =>
    [
        new("post /v1/subscriptions", "/v1/subscriptions", """{ "id": "new-own", "customer": "c-own", "plan": "p-own", "start": "2012-07-01T00:00:00Z" }""", 201, 422),
        new("get /v1/subscriptions", "/v1/subscriptions", null, 200, 200),
        new("get /v1/subscriptions/{id}", "/v1/subscriptions/s-own", OfCustomer: true),
        new("get /v1/subscriptions/{id}/bill/live", "/v1/subscriptions/s-own/bill/live", OfCustomer: true),
        new("get /v1/subscriptions/{id}/pools/{charge}", "/v1/subscriptions/s-own/pools/energy-own", OfCustomer: true),
        new("post /v1/subscriptions/{id}/what-if", "/v1/subscriptions/s-own/what-if", """{ "plans": [ { "plan": "p-own" } ] }""", OfCustomer: true),
        new("get /v1/subscriptions/{id}/packs", "/v1/subscriptions/s-own/packs", OfCustomer: true),
        new("post /v1/subscriptions/{id}/packs", "/v1/subscriptions/s-own/packs", """{ "id": "pack2-own", "charge": "energy-own", "quantity": "5" }""", 201),
        new("delete /v1/subscriptions/{id}/changes/{change}", "/v1/subscriptions/s-own/changes/change-own"),
        new("post /v1/subscriptions/{id}/changes", "/v1/subscriptions/s-own/changes", """{ "id": "change2-own", "plan": "both", "when": "periodEnd" }""", 201),
        new("post /v1/subscriptions/{id}/pause", "/v1/subscriptions/paused-own/pause", """{ "id": "pause2-own", "when": "2012-07-10T00:00:00Z" }""", 201),
        new("post /v1/subscriptions/{id}/resume", "/v1/subscriptions/resumed-own/resume", """{ "id": "resume-own", "when": "2012-07-20T00:00:00Z" }""", 201),
        new("post /v1/subscriptions/{id}/cancel", "/v1/subscriptions/cancelled-own/cancel", """{ "when": "periodEnd" }""", 201),
    ];

    private static IEnumerable<AccessCase> Devices() =>
    [
        new("post /v1/devices", "/v1/devices", """{ "id": "new-own", "subscription": "s-own" }""", 201, 422),
        new("get /v1/devices", "/v1/devices", null, 200, 200),
        new("post /v1/devices/batch", "/v1/devices/batch", """{ "devices": [ { "id": "new2-own", "subscription": "s-own" } ] }""", 200, 200),
        new("post /v1/devices/batch/changes", "/v1/devices/batch/changes", """
            { "changes": [ { "device": "d-own", "state": "active", "from": "2012-06-01T00:00:00Z" } ] }
            """, 200, 200),
        new("post /v1/jobs", "/v1/jobs", """{ "id": "job2-own", "kind": "devices", "items": [ { "id": "new3-own" } ] }""", 202, 202),
        new("get /v1/jobs", "/v1/jobs", null, 200, 200),
        new("get /v1/jobs/{id}", "/v1/jobs/job-own"),
        new("post /v1/jobs/{id}/cancel", "/v1/jobs/job-own/cancel", ""),
        new("get /v1/jobs/{id}/results", "/v1/jobs/job-own/results"),
        new("get /v1/jobs/{id}/results.csv", "/v1/jobs/job-own/results.csv"),
        new("get /v1/devices/{id}", "/v1/devices/d-own"),
        new("get /v1/devices/{id}/usage", "/v1/devices/d-own/usage"),
        new("get /v1/devices/{id}/usage/live", "/v1/devices/d-own/usage/live"),
        new("get /v1/identifiers/{kind}/{value}", "/v1/identifiers/external/tag-own"),
        new("post /v1/devices/{id}/assignments", "/v1/devices/moved-own/assignments", """{ "subscription": "both", "from": "2012-07-01T00:00:00Z" }"""),
        new("post /v1/devices/{id}/state", "/v1/devices/state-own/state", """{ "state": "suspended", "from": "2012-07-01T12:00:00Z" }"""),
        new("post /v1/devices/{id}/register-resets", "/v1/devices/d-own/register-resets", """{ "meter": "register-own", "at": "2012-07-01T12:00:00Z", "finalReading": "20", "startReading": "0" }"""),
        new("post /v1/devices/{id}/identifiers", "/v1/devices/d-own/identifiers", """{ "kind": "external", "value": "tag2-own", "from": "2012-06-01T00:00:00Z" }""", 201),
        new("post /v1/devices/{id}/identifiers/end", "/v1/devices/d-own/identifiers/end", """{ "kind": "external", "value": "tag-own", "to": "2012-07-01T12:00:00Z" }"""),
        new("get /v1/devices/{id}/reservations/{reservation}", "/v1/devices/quota-own/reservations/r-own"),
        new("post /v1/devices/{id}/reservations", "/v1/devices/quota-own/reservations", """{ "id": "r2-own", "meter": "m-own", "quantity": "1" }""", 201),
        new("post /v1/devices/{id}/reservations/{reservation}/report", "/v1/devices/quota-own/reservations/r-own/report", """{ "number": 1, "quantity": "0.5" }"""),
        new("post /v1/devices/{id}/reservations/{reservation}/release", "/v1/devices/quota-own/reservations/r-own/release", """{ "number": 2 }"""),
    ];

    private static IEnumerable<AccessCase> Usage() =>
    [
        new("post /v1/events", "/v1/events", """{ "events": [ { "id": "new-own", "device": "d-own", "meter": "m-own", "time": "2012-07-01T08:00:00Z", "value": 1 } ] }""", 200, 200),
        new("get /v1/usage/corrections", "/v1/usage/corrections?device=d-own", null, 200, 200),
        new("post /v1/usage/corrections", "/v1/usage/corrections", """{ "corrections": [ { "id": "v-own", "device": "d-own", "event": "new-own", "action": "void", "reason": "x" } ] }""", 200, 200),
        new("post /v1/devices/{id}/usage/{event}/amend", "/v1/devices/d-own/usage/e-own/amend", """{ "id": "x-own", "reason": "x", "value": "7" }""", 201),
        new("post /v1/devices/{id}/usage/{event}/void", "/v1/devices/d-own/usage/f-own/void", """{ "id": "y-own", "reason": "x" }""", 201),
        new("get /v1/quarantine", "/v1/quarantine?device=loose-own", null, 200, 200),
        new("post /v1/quarantine/release", "/v1/quarantine/release", """{ "device": "loose-own" }""", 200, 200),
        new("post /v1/quarantine/discard", "/v1/quarantine/discard", """{ "id": "z-own", "reason": "x", "device": "loose-own" }""", 200, 200),
    ];

    private static IEnumerable<AccessCase> Rest() =>
    [
        new("get /v1/re-ratings", "/v1/re-ratings", null, 200, 200),
        new("get /v1/re-ratings/{id}", "/v1/re-ratings/rr-own"),
        new("post /v1/re-ratings", "/v1/re-ratings", """{ "id": "rr2-own", "plan": "p-own", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z", "to": "2012-07-01T00:00:00Z" }""", 201, 422),
        new("post /v1/re-ratings/{id}/apply", "/v1/re-ratings/rr2-own/apply", ""),
        new("get /v1/invoices/{id}", "/v1/invoices/{invoice}", OfCustomer: true),
        new("get /v1/invoices/{id}/pdf", "/v1/invoices/{invoice}/pdf", OfCustomer: true),
        new("get /v1/invoices/{id}/ubl", "/v1/invoices/{invoice}/ubl", OfCustomer: true),
        new("get /v1/credit-notes/{id}/pdf", "/v1/credit-notes/{note}/pdf", OfCustomer: true),
        new("get /v1/credit-notes/{id}/ubl", "/v1/credit-notes/{note}/ubl", OfCustomer: true),
        new("get /v1/invoices/{id}/document", "/v1/invoices/{invoice}/document", OfCustomer: true),
        new("get /v1/drafts", "/v1/drafts", null, 200, 200),
        new("get /v1/bill-runs", "/v1/bill-runs", null, 200, 200),
        new("get /v1/bill-runs/held.csv", "/v1/bill-runs/held.csv", null, 200, 200),
        new("post /v1/invoices/{id}/credit-notes", "/v1/invoices/{invoice}/credit-notes", """{ "id": "new-own", "reason": "x", "lines": [ { "line": 1, "amount": "0.01" } ] }""", 201),
        new("get /v1/credit-notes/{id}", "/v1/credit-notes/{note}", OfCustomer: true),
        new("get /v1/credit-notes/{id}/document", "/v1/credit-notes/{note}/document", OfCustomer: true),
        new("get /v1/customers/{id}/credit-notes", "/v1/customers/c-own/credit-notes", OfCustomer: true),
        new("post /v1/customers/{id}/payments", "/v1/customers/c-own/payments", """{ "id": "new-own", "amount": "1.00" }""", 201),
        new("get /v1/customers/{id}/payments", "/v1/customers/c-own/payments", OfCustomer: true),
        new("post /v1/customers/{id}/payments/{payment}/reverse", "/v1/customers/c-own/payments/paid-own/reverse", """{ "reason": "x" }"""),
        new("post /v1/invoices/{id}/write-off", "/v1/invoices/{invoice}/write-off", """{ "reason": "x" }"""),
        new("get /v1/customers/{id}/account", "/v1/customers/c-own/account", OfCustomer: true),
        new("post /v1/customers/{id}/refunds", "/v1/customers/c-own/refunds", """{ "id": "new-own", "amount": "0.25" }""", 201),
        new("put /v1/legal-entities/{id}", "/v1/legal-entities/new-own", """{ "name": "N", "country": "DE" }""", 201, 201),
        new("get /v1/legal-entities", "/v1/legal-entities", null, 200, 200),
        new("get /v1/legal-entities/{id}", "/v1/legal-entities/le-own"),
        new("get /v1/legal-entities/{id}/chain", "/v1/legal-entities/le-own/chain"),
        new("post /v1/legal-entities/{id}/verify", "/v1/legal-entities/le-own/verify", ""),
        new("get /v1/invoices/{id}/html", "/v1/invoices/{invoice}/html", OfCustomer: true),
        new("get /v1/invoices/{id}/explanation", "/v1/invoices/{invoice}/explanation", OfCustomer: true),
        new("get /v1/invoices/{id}/usage.csv", "/v1/invoices/{invoice}/usage.csv", OfCustomer: true),
        new("get /v1/credit-notes/{id}/html", "/v1/credit-notes/{note}/html", OfCustomer: true),
        new("put /v1/branding", "/v1/branding?legalEntity=le-own", "{}"),
        new("get /v1/branding", "/v1/branding?legalEntity=le-own"),
        new("put /v1/branding/logo", "/v1/branding/logo?legalEntity=le-own", "no picture", 422, 422, Type: "image/png"),
        new("get /v1/branding/logo", "/v1/branding/logo?legalEntity=le-own", null, 404),
        new("delete /v1/branding/logo", "/v1/branding/logo?legalEntity=le-own", ""),
        new("get /v1/invoices/{id}/lines/{n}/events", "/v1/invoices/{invoice}/lines/1/events", OfCustomer: true),
        new("post /v1/exchange-rates/import", "/v1/exchange-rates/import", """{ "source": "rate-own", "base": "EUR", "rates": [ { "date": "2012-06-29", "currency": "HUF", "rate": "287.77" } ] }""", 200, 200),
        new("put /v1/exchange-rates", "/v1/exchange-rates", """{ "source": "rate-own", "base": "EUR", "currency": "USD", "date": "2012-06-29", "rate": "1.2590" }""", 201, 201),
        new("get /v1/exchange-rates", "/v1/exchange-rates", null, 200, 200),
        new("get /v1/exchange-rates/convert", "/v1/exchange-rates/convert?amount=1&from=EUR&to=HUF&date=2012-06-29&source=rate-own", null, 200, 200),
        new("get /v1/accounting/entries", "/v1/accounting/entries?from=2012-06-01T00:00:00Z&to=2012-08-01T00:00:00Z", null, 200, 200),
        new("get /v1/accounting/export", "/v1/accounting/export?from=2012-06-01T00:00:00Z&to=2012-08-01T00:00:00Z", null, 200, 200),
        new("get /v1/accounting/trial-balance", "/v1/accounting/trial-balance?from=2012-06-01T00:00:00Z&to=2012-08-01T00:00:00Z", null, 200, 200),
        new("get /v1/audit-trail", "/v1/audit-trail", null, 200, 200),
        new("get /v1/audit-trail/export", "/v1/audit-trail/export", null, 200, 200),
        new("get /v1/audit-trail/{id}", "/v1/audit-trail/{entry}"),
        new("post /v1/audit-trail/verify", "/v1/audit-trail/verify", "", 200, 200),
        new("post /v1/audit", "/v1/audit", """{ "customer": "c-own" }"""),
        new("post /v1/clock/advance", "/v1/clock/advance", """{ "to": "2012-07-02T00:00:01Z" }""", 200, 200),
    ];
}
