namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>How the world of the matrix is made. The clock ends at 2 July 2012 with an invoice for June.</summary>
internal static class AccessFurniture
{
    private const string Plan = """
        { "id": "p-own", "currency": "EUR", "charges": [
          { "id": "base", "kind": "recurring", "model": "flat", "amount": "FEE" },
          { "id": "energy-own", "meter": "m-own", "unitPrice": "0.31", "allowance": { "perDevice": "10" } },
          { "id": "register-own", "meter": "register-own", "unitPrice": "0.20" } ] }
        """;

    /// <summary>What both tenants have under the same ids.</summary>
    public static readonly (string Path, string Body)[] InBoth =
    [
        ("/v1/customers", """{ "id": "both", "name": "Bea", "currency": "EUR" }"""),
        ("/v1/plans", """{ "id": "both", "currency": "EUR", "charges": [ { "id": "base", "kind": "recurring", "model": "flat", "amount": "1" } ] }"""),
        ("/v1/subscriptions", """{ "id": "both", "customer": "both", "plan": "both", "start": "2012-06-01T00:00:00Z" }"""),
    ];

    /// <summary>What one of them has, in order; posted, or put where the path says so.</summary>
    public static IEnumerable<(string Path, string Body)> Own =>
    [
        ("/v1/meters", """{ "id": "m-own", "unit": "kWh" }"""),
        ("/v1/meters", """{ "id": "register-own", "unit": "kWh", "aggregation": "sum", "cumulative": {} }"""),
        ("/v1/plans", Plan.Replace("FEE", "9.50", StringComparison.Ordinal)),
        ("/v1/plans", Plan.Replace("FEE", "8.50", StringComparison.Ordinal)),
        ("/v1/plans", """
            { "id": "quota-own", "currency": "EUR", "charges": [
              { "id": "energy-own", "meter": "m-own", "unitPrice": "0.5", "freeQuantity": "20", "blockAt": "included" } ] }
            """),
        ("put /v1/legal-entities/sell-own", """
            { "name": "Seller", "country": "DE", "city": "Berlin", "registrationNumber": "HRB 1" }
            """),
        ("/v1/customers", """{ "id": "c-own", "name": "Ada", "currency": "EUR", "country": "DE", "legalEntity": "sell-own" }"""),
        ("/v1/customers", """{ "id": "other", "name": "Bob", "currency": "EUR" }"""),
        ("put /v1/legal-entities/le-own", """{ "name": "Seller", "country": "DE", "review": true }"""),
        ("/v1/customers", """{ "id": "held-own", "name": "Hal", "currency": "EUR", "legalEntity": "le-own" }"""),
        ("/v1/subscriptions", """{ "id": "held-own", "customer": "held-own", "plan": "p-own", "planVersion": 1, "start": "2012-06-01T00:00:00Z" }"""),
        .. new[] { "s-own", "cancelled-own", "paused-own", "resumed-own" }.Select(id => (
            "/v1/subscriptions", $$"""{ "id": "{{id}}", "customer": "c-own", "plan": "p-own", "planVersion": 1, "start": "2012-06-01T00:00:00Z" }""")),
        ("/v1/subscriptions", """{ "id": "quota-own", "customer": "c-own", "plan": "quota-own", "start": "2012-06-01T00:00:00Z" }"""),
        .. new[] { "d-own", "moved-own", "state-own" }.Select(id => (
            "/v1/devices", $$"""{ "id": "{{id}}", "subscription": "s-own" }""")),
        ("/v1/devices", """{ "id": "quota-own", "subscription": "quota-own" }"""),
        ("/v1/devices", """{ "id": "loose-own" }"""),
        ("/v1/jobs", """{ "id": "job-own", "kind": "devices", "items": [ { "id": "jobbed-own", "subscription": "s-own" } ] }"""),
        ("/v1/devices/d-own/identifiers", """{ "kind": "external", "value": "tag-own", "from": "2012-06-01T00:00:00Z" }"""),
        ("/v1/events", Event("e-own", "d-own")), ("/v1/events", Event("f-own", "d-own")), ("/v1/events", Event("q-own", "loose-own")),
        ("/v1/events", Event("reading-own", "d-own", "register-own")),
        ("/v1/customers/c-own/wallets", """{ "id": "w-own" }"""),
        ("/v1/customers/c-own/wallets/w-own/grants", """{ "id": "g-own", "kind": "paid", "amount": "5.00" }"""),
        ("/v1/clock/advance", """{ "to": "2012-07-02T00:00:00Z" }"""),
        ("/v1/customers/c-own/wallets/w-own/grants", """{ "id": "h-own", "kind": "paid", "amount": "5.00" }"""),
        ("/v1/customers/c-own/agreements", """{ "id": "a-own", "minimum": { "amount": "1" }, "from": "2012-08-01T00:00:00Z" }"""),
        ("/v1/subscriptions/s-own/changes", """{ "id": "change-own", "plan": "quota-own", "when": "periodEnd" }"""),
        ("/v1/subscriptions/resumed-own/pause", """{ "id": "pause-own", "when": "2012-07-10T00:00:00Z" }"""),
        ("/v1/subscriptions/s-own/packs", """{ "id": "pack-own", "charge": "energy-own", "quantity": "5" }"""),
        ("/v1/devices/quota-own/reservations", """{ "id": "r-own", "meter": "m-own", "quantity": "1" }"""),
        ("/v1/devices/quota-own/reservations", """{ "id": "rpc-own", "meter": "m-own", "quantity": "1" }"""),
        ("/v1/re-ratings", """
            { "id": "rr-own", "plan": "p-own", "wrongVersion": 1, "correctedVersion": 2, "from": "2012-06-01T00:00:00Z", "to": "2012-07-01T00:00:00Z" }
            """),
        ("/v1/plans/p-own/migrations", """{ "id": "mig-own", "fromVersion": 1, "keep": ["cancelled-own", "paused-own", "resumed-own"] }"""),
    ];

    private static string Event(string id, string device, string meter = "m-own") => $$"""
        { "events": [ { "id": "{{id}}", "device": "{{device}}", "meter": "{{meter}}", "time": "2012-06-02T08:00:00Z", "value": 12 } ] }
        """;
}
