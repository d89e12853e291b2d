using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Rating;
using OrleansBilling.Gateway.AuditTrail;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Idempotency;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Live;
using OrleansBilling.Gateway.Requests;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Every address under <c>/v1</c>, with its documentation.</summary>
internal static class ApiRoutes
{
    private static readonly string[] Paging = ["limit", "cursor"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapTenants(routes);
        KeyRoutes.Map(routes);
        PortalTokenEndpoint.Map(routes);
        MapCatalogue(routes);
        LegalEntityRoutes.Map(routes);
        BrandingRoutes.Map(routes);
        MapCustomers(routes);
        AgreementRoutes.Map(routes);
        MapWallets(routes);
        MapSubscriptions(routes);
        DeviceRoutes.Map(routes);
        JobRoutes.Map(routes);
        IdentifierRoutes.Map(routes);
        ReservationRoutes.Map(routes);
        PackRoutes.Map(routes);
        MapUsage(routes);
        CorrectionRoutes.Map(routes);
        ReRatingRoutes.Map(routes);
        MigrationRoutes.Map(routes);
        MapInvoices(routes);
        BillRunRoutes.Map(routes);
        ReceivableRoutes.Map(routes);
        ExchangeRateRoutes.Map(routes);
        AccountingRoutes.Map(routes);
        MapPricing(routes);
        LiveRoutes.Map(routes);
        AuditTrailRoutes.Map(routes);
    }

    private static void MapTenants(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tenants", TenantEndpoints.CreateAsync).WithMetadata(ShowsKey.Mark).RequireAuthorization(GatewayPolicies.Operator)
            .Doc(new("Tenants", "Create a tenant",
                "Operator keys only. Answers the tenant's API key once, when it is created; "
                + "a repeat answers 200 without a key. With a test clock the tenant's time moves only when told to.")
            {
                RequestExample = """{ "id": "acme", "testClock": { "now": "2012-06-01T00:00:00Z" } }""",
                ResponseExample = """
                    { "id": "acme", "name": "acme", "testClock": { "now": "2012-06-01T00:00:00Z" }, "grace": "PT1H",
                      "acceptanceWindow": "P35D", "key": "ob_…" }
                    """,
            }).Takes<TenantBody>().Answers<TenantAnswer>(201, 200).Problems(409);
        routes.MapGet("/v1/tenants", TenantEndpoints.ListAsync)
            .Doc(new("Tenants", "List tenants",
                "All of them for operator keys, its own for every other key.") { Query = Paging })
            .Answers<PageAnswer<TenantAnswer>>().Problems(422);
        routes.MapGet("/v1/clock", TenantEndpoints.ReadClockAsync)
            .Doc(new("Tenants", "Read the tenant's clock", "Its kind, its now, and up to when periods are sealed.")
            {
                ResponseExample = """
                    { "kind": "test", "now": "2012-07-01T02:00:00Z", "sealedThrough": "2012-07-01T01:00:00Z" }
                    """,
            }).Answers<ClockView>();
        routes.MapPost("/v1/clock/advance", TenantEndpoints.AdvanceClockAsync)
            .Doc(new("Tenants", "Move a test clock forward",
                "Answers when all that fell due by then is done: seals, closed periods, invoices. May take long for "
                + "long spans.")
            {
                RequestExample = """{ "to": "2012-07-01T02:00:00Z" }""",
            }).Takes<ClockAdvanceBody>().Answers<ClockView>().Problems(409);
    }

    private static void MapCatalogue(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/meters", CatalogueEndpoints.DefineMeterAsync).Needs(KeyScopes.Billing)
            .Doc(new("Catalogue", "Declare a meter",
                "What is counted. A meter never changes. With 'cumulative' devices report "
                + "readings of a register that only grows, and the differences are billed.")
            {
                RequestExample = """{ "id": "energy", "name": "Active energy", "unit": "kWh", "aggregation": "sum" }""",
            }).Takes<MeterShape>().Answers<MeterAnswer>(201, 200).Problems(409);
        routes.MapGet("/v1/meters", CatalogueEndpoints.ListMetersAsync)
            .Doc(new("Catalogue", "List meters", "By id.") { Query = Paging })
            .Answers<PageAnswer<MeterAnswer>>().Problems(422);
        routes.MapGet("/v1/meters/{id}", CatalogueEndpoints.GetMeterAsync)
            .Doc(new("Catalogue", "Read a meter", "As it was declared.")).AnswersEntity<MeterAnswer>().Problems(404);
        routes.MapPost("/v1/plans", CatalogueEndpoints.PublishPlanAsync).Needs(KeyScopes.Billing)
            .Doc(new("Catalogue", "Publish a plan",
                "Publishes the next immutable version, in the plan format; the content of the "
                + "newest version again publishes nothing and answers 200. Faults name the JSON pointer, of YAML also line and column.")
            {
                RequestExample = """
                    { "id": "home", "name": "Home", "currency": "EUR", "charges": [
                      { "id": "base", "name": "Base fee", "kind": "recurring", "model": "flat", "amount": "9.50" },
                      { "id": "energy", "name": "Energy", "meter": "energy", "model": "perUnit",
                        "unitPrice": "0.31" } ] }
                    """,
            }).Takes<PlanShape>(DefinitionBody.YamlType).Answers<PlanAnswer>(201, 200).Problems(409);
        routes.MapGet("/v1/plans", CatalogueEndpoints.ListPlansAsync)
            .Doc(new("Catalogue", "List plans", "The newest version of each, by id.") { Query = Paging })
            .Answers<PageAnswer<PlanAnswer>>().Problems(422);
        routes.MapGet("/v1/plans/{id}", CatalogueEndpoints.GetPlanAsync)
            .Doc(new("Catalogue", "Read a plan", "The newest version, or the one asked for.") { Query = ["version"] })
            .AnswersEntity<PlanAnswer>().Problems(404, 422);
    }

    private static void MapCustomers(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers", CustomerEndpoints.RegisterAsync).Needs(KeyScopes.Billing)
            .Doc(new("Customers", "Register a customer",
                "Who pays. Every plan of the customer must be in its currency.")
            {
                RequestExample = """
                    { "id": "c-1", "name": "Ada Lovelace", "currency": "EUR", "address": ["12 St James's Square"] }
                    """,
            }).Takes<CustomerBody>().Answers<CustomerView>(201, 200).Problems(409);
        routes.MapGet("/v1/customers", CustomerEndpoints.ListAsync)
            .Doc(new("Customers", "List customers", "By id.") { Query = Paging })
            .Answers<PageAnswer<CustomerView>>().Problems(422);
        routes.MapGet("/v1/customers/{id}", CustomerEndpoints.GetAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "Read a customer", "With the ids of its subscriptions."))
            .AnswersEntity<CustomerView>().Problems(404);
        routes.MapPut("/v1/customers/{id}", CustomerEndpoints.ChangeAsync).Needs(KeyScopes.Billing)
            .Doc(new("Customers", "Change a customer",
                "Give all of it: what is left out is taken away. Invoices that are issued stay as they are. The currency never changes.")
            {
                RequestExample = """
                    { "id": "c-1", "name": "Ada Lovelace", "currency": "EUR", "address": ["12 St James's Square"], "city": "London",
                      "postalCode": "SW1Y 4JH", "country": "GB", "language": "en" }
                    """,
            }).Takes<CustomerBody>().Answers<CustomerView>().Problems(404);
        routes.MapGet("/v1/customers/{id}/drafts", DraftEndpoints.ListAsync).Needs(KeyScopes.Read)
            .Doc(new("Invoices", "List a customer's drafts", "Invoices whose periods are closed and that wait, oldest first; all on one page."))
            .Answers<PageAnswer<DraftAnswer>>().Problems(404);
        routes.MapPost("/v1/customers/{id}/drafts/{draft}/finalize", DraftEndpoints.FinalizeAsync).Needs(KeyScopes.Billing)
            .Doc(new("Invoices", "Finalize a draft",
                "Approves it and issues the invoice; a repeat answers the same invoice. 409 says what holds it that approval does not help."))
            .MayBeRepeated().Answers<InvoiceAnswer>().Problems(404);
        routes.MapGet("/v1/customers/{id}/bill", CustomerEndpoints.BillAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "Read the running bill",
                "What the customer would owe if everything closed now, including every event answered before this "
                + "call."))
            .Answers<BillAnswer>().Problems(404);
        routes.MapGet("/v1/customers/{id}/invoices", CustomerEndpoints.InvoicesAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "List a customer's invoices", "Issued invoices, newest first.") { Query = Paging })
            .Answers<PageAnswer<InvoiceAnswer>>().Problems(404, 422);
        routes.MapPost("/v1/customers/{id}/what-if", WhatIfEndpoint.CompareFleetAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Customers", "Compare plans for a fleet",
                "What a billing period of all or some of a customer's subscriptions, for each the one that holds 'at' or the present one, would "
                + "have cost under other plans: all on one plan, the cheapest first, and each on the plan that is cheapest for it. With "
                + "'perDevice' also each device as if it had a subscription of its own. By raw usage; it changes nothing.")
            {
                RequestExample = """{ "at": "2012-06-02T00:00:00Z", "plans": [ { "plan": "home" } ], "perDevice": true }""",
                ResponseExample = """
                    { "customer": "c-1", "at": "2012-06-02T00:00:00Z", "currency": "EUR", "events": 2, "total": "22.00", "cheapest": "green",
                      "plans": [ { "plan": "green", "planVersion": 1, "total": "20.00", "difference": "-2.00", "complete": true, "unrated": {},
                      "unfit": [], "cheapestFor": 1 } ], "best": { "total": "18.00", "difference": "-4.00" }, "subscriptions": [
                      { "subscription": "s-1", "periodStart": "2012-06-01T00:00:00Z", "periodEnd": "2012-07-01T00:00:00Z", "events": 2,
                      "total": "22.00", "lines": [], "cheapest": "green", "plans": [], "devices": [ { "device": "meter-17", "cheapest": "green",
                      "plans": [ { "plan": "green", "planVersion": 1, "total": "18.00", "complete": true } ] } ] } ], "skipped": [] }
                    """,
            }).Takes<FleetWhatIfShape>().Answers<FleetWhatIfAnswer>().Problems(404, 409);
    }

    private static void MapWallets(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/customers/{id}/wallets", WalletEndpoints.OpenAsync).Needs(KeyScopes.Billing)
            .Doc(new("Wallets", "Open a wallet",
                "A place for prepaid money of a customer, in its currency. Invoices draw on it when they are issued; with a credit limit "
                + "also on what it does not have.")
            {
                RequestExample = """{ "id": "main", "priority": 100, "creditLimit": "25.00" }""",
            }).Takes<WalletBody>().Answers<WalletView>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/customers/{id}/wallets", WalletEndpoints.ListAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Wallets", "List a customer's wallets", "All of them, in the order of opening."))
            .Answers<PageAnswer<WalletView>>().Problems(404);
        routes.MapGet("/v1/customers/{id}/wallets/{wallet}", WalletEndpoints.GetAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Wallets", "Read a wallet", "Its posted balance, and its grants with something left in the order of drawing."))
            .AnswersEntity<WalletView>().Problems(404);
        routes.MapPost("/v1/customers/{id}/wallets/{wallet}/grants", WalletEndpoints.GrantAsync).Needs(KeyScopes.Billing)
            .Doc(new("Wallets", "Put money into a wallet",
                "A top-up that was paid, or a promotional grant. The id makes it safe to send again. What the wallet owes is repaid first.")
            {
                RequestExample = """
                    { "id": "pay-4711", "kind": "paid", "amount": "50.00", "expiresAt": "2013-06-01T00:00:00Z", "reference": "Card 4711" }
                    """,
            }).Takes<GrantBody>().Answers<GrantView>(201, 200).Problems(404, 409);
        routes.MapPost("/v1/customers/{id}/wallets/{wallet}/grants/{grant}/void", WalletEndpoints.VoidAsync).Needs(KeyScopes.Billing)
            .Doc(new("Wallets", "Void the rest of a grant",
                "What is unused leaves the wallet: paid money to cash, to be paid back by you; a gift back to promotional expense.")
            {
                RequestExample = """{ "reason": "Card payment reversed" }""",
            }).Takes<GrantVoidBody>().Answers<GrantView>().Problems(404, 409);
        routes.MapGet("/v1/customers/{id}/journal", WalletEndpoints.JournalAsync).Needs(KeyScopes.Read).OwnedBy(AccessExtensions.Customer)
            .Doc(new("Wallets", "List the customer's journal",
                "Balanced double-entry postings, oldest first, never changed. Every balance is a sum of them.") { Query = Paging })
            .Answers<PageAnswer<JournalEntryAnswer>>().Problems(404, 422);
    }

    private static void MapSubscriptions(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/subscriptions", SubscriptionEndpoints.CreateAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "Create a subscription",
                "A customer takes a plan from an instant on. Periods begin at local "
                + "midnight in the time zone and are counted from the anchor date.")
            {
                RequestExample = """
                    { "id": "s-1", "customer": "c-1", "plan": "home", "start": "2012-06-01T00:00:00Z",
                      "timeZone": "Europe/London" }
                    """,
            }).Takes<SubscriptionBody>().Answers<SubscriptionView>(201, 200).Problems(409);
        routes.MapGet("/v1/subscriptions", SubscriptionEndpoints.ListAsync)
            .Doc(new("Subscriptions", "List subscriptions", "By id.") { Query = Paging })
            .Answers<PageAnswer<SubscriptionView>>().Problems(422);
        routes.MapGet("/v1/subscriptions/{id}", SubscriptionEndpoints.GetAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Subscription)
            .Doc(new("Subscriptions", "Read a subscription",
                "Its terms, all defaults filled in, with the plan in force; when it was changed, also which plan is in force when, and "
                + "every change."))
            .AnswersEntity<SubscriptionView>().Problems(404);
        routes.MapGet("/v1/subscriptions/{id}/pools/{charge}", SubscriptionEndpoints.PoolAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Subscription)
            .Doc(new("Subscriptions", "Read a pool",
                "A usage charge with an allowance, in the billing period of 'at' (now when left out): what its devices bring and use, "
                + "and each device's share of the cost, by what it used beyond its own ('excess', the default) or by all it used ('usage').")
            {
                Query = ["at", "split", .. Paging],
                ResponseExample = """
                    { "subscription": "fleet", "charge": "data", "periodStart": "2026-06-01T00:00:00Z", "periodEnd": "2026-07-01T00:00:00Z",
                      "unit": "MB", "included": "35", "used": "50", "overage": "15", "amount": "0.75", "currency": "EUR", "devices": 4,
                      "members": [ { "device": "d1", "days": 30, "included": "10", "used": "5", "excess": "0", "share": "0.00" } ],
                      "next": null }
                    """,
            }).Answers<PoolAnswer>().Problems(404, 422);
        routes.MapPost("/v1/subscriptions/{id}/what-if", WhatIfEndpoint.CompareAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Read).OwnedBy(Owners.Subscription)
            .Doc(new("Subscriptions", "Compare plans on real usage",
                "What a billing period, that of 'at' or the present one, would have cost under other plans, each as if it had been in force "
                + "all the time: the cheapest first, and the difference to what it costs as it is. Plans are published ones, or definitions that "
                + "nobody has published; without any, every plan that the subscription could have. It changes nothing.")
            {
                RequestExample = """{ "at": "2012-06-02T00:00:00Z", "plans": [ { "plan": "home" } ] }""",
                ResponseExample = """
                    { "subscription": "s-1", "periodStart": "2012-06-01T00:00:00Z", "periodEnd": "2012-07-01T00:00:00Z", "currency": "EUR",
                      "events": 1, "total": "9.73", "lines": [], "cheapest": "home-plus", "plans": [
                      { "plan": "home-plus", "planVersion": 1, "total": "8.20", "difference": "-1.53", "complete": true, "unrated": {},
                        "lines": [] } ] }
                    """,
            }).Takes<WhatIfShape>().Answers<WhatIfAnswer>().Problems(404, 409);
        routes.MapPost("/v1/subscriptions/{id}/changes", SubscriptionChangeEndpoints.ChangeAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "Change the plan",
                "From an instant on, by which usage is told apart: each part of the period is billed by its own plan. 'now' begins right "
                + "after usage that is rated already, which may be up to 5 minutes ahead of the clock; the answer says when. An instant at or "
                + "after which usage is rated is refused with the earliest one that is possible. 'periodStart' rates the whole present period "
                + "by the new plan.")
            {
                RequestExample = """{ "id": "upgrade-1", "plan": "home-plus", "when": "periodEnd" }""",
            }).Takes<SubscriptionChangeBody>().Answers<SubscriptionChange>(201, 200).Problems(404, 409).MayRequireMatch();
        routes.MapDelete("/v1/subscriptions/{id}/changes/{change}", SubscriptionChangeEndpoints.WithdrawAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "Withdraw a change", "One that has not begun; a cancellation too."))
            .Answers<SubscriptionChange>().MayBeRepeated().Problems(404).MayRequireMatch();
        routes.MapPost("/v1/subscriptions/{id}/pause", SubscriptionChangeEndpoints.PauseAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "Pause a subscription",
                "From an instant on, which may be ahead, until it is resumed: recurring fees are not due for the days or seconds of the pause, "
                + "and usage in it is quarantined as 'subscription.paused', or billed. It is a change like those of the plan.")
            {
                RequestExample = """{ "id": "summer", "when": "2012-07-10T00:00:00Z" }""",
            }).Takes<SubscriptionPauseBody>().Answers<SubscriptionChange>(201, 200).Problems(404, 409).MayRequireMatch();
        routes.MapPost("/v1/subscriptions/{id}/resume", SubscriptionChangeEndpoints.ResumeAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "Resume a subscription", "Ends a pause that has begun or is scheduled, from an instant on.")
            {
                RequestExample = """{ "id": "autumn", "when": "2012-09-01T00:00:00Z" }""",
            }).Takes<SubscriptionResumeBody>().Answers<SubscriptionChange>(201, 200).Problems(404, 409).MayRequireMatch();
        routes.MapPost("/v1/subscriptions/{id}/cancel", SubscriptionChangeEndpoints.CancelAsync).Needs(KeyScopes.Billing)
            .Doc(new("Subscriptions", "End a subscription",
                "From an instant on; later usage of its devices is quarantined. It is a change like those of the plan, and can be withdrawn "
                + "before it begins.")
            {
                RequestExample = """{ "when": "periodEnd" }""",
            }).Takes<SubscriptionCancelBody>().Answers<SubscriptionChange>(201, 200).Problems(404, 409).MayRequireMatch();
    }

    private static void MapUsage(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/events", UsageEndpoint.PostAsync).Needs(KeyScopes.Ingest)
            .Doc(new("Usage", "Report usage",
                "One CloudEvent (structured or binary mode), a batch of them, or a compact batch. Durable "
                + "when answered. Every event is answered by itself; broken JSON anywhere refuses the whole request. "
                + "In a CloudEvent "
                + "subject is the device, type the meter, and data { value, unit?, dimensions? }. Sending the same "
                + "ids again is safe. In CSV the first line names the columns: fields of a compact event, identifier.kind, "
                + "identifier.value and dimensions.NAME; answers have the line.")
            {
                CsvExample = """
                    id,device,meter,time,value,unit,dimensions.zone
                    e-2,meter-17,energy,2012-06-02T08:00:00Z,0.75,kWh,b

                    """,
                RequestExample = """
                    { "events": [ { "id": "e-1", "device": "meter-17", "meter": "energy",
                      "time": "2012-06-02T08:00:00Z", "value": "0.75" } ] }
                    """,
                ResponseExample = """
                    { "accepted": 1, "duplicates": 0, "rejected": 0, "late": 0, "quarantined": 0, "conflicts": 0,
                      "results": [
                      { "id": "e-1", "status": "accepted", "position": "3:1234", "charge": "0.2325",
                        "currency": "EUR" } ] }
                    """,
            })
            .Takes<UsageBatchShape>("application/cloudevents+json", "application/cloudevents-batch+json", CsvBodyReader.MediaType)
            .Answers<UsageAnswerShape>();
        routes.MapGet("/v1/quarantine", QuarantineEndpoint.ListAsync)
            .Doc(new("Usage", "List quarantined events", "Events kept but not billed, with the reason.")
            {
                Query = ["device", "meter", "reason", .. Paging],
            }).Answers<PageAnswer<RecordedUsageAnswer>>().Problems(422);
        routes.MapPost("/v1/quarantine/release", QuarantineEndpoint.ReleaseAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Usage", "Rate quarantined events again",
                "After what kept them was mended: a device assigned, a reading corrected, an end moved. What can be billed now is, "
                + "in its own period or as late usage; the rest stays, and the answer says why. Repeat with 'next' until it is null.")
            {
                RequestExample = """{ "reason": "usage.unassigned" }""",
                ResponseExample = """
                    { "examined": 3, "remaining": 0, "released": 2, "late": 1, "kept": 1, "keptByReason": { "usage.unassigned": 1 },
                      "results": [ { "id": "e-7", "device": "meter-17", "quarantined": "3:120", "position": "3:480", "late": true } ],
                      "next": null }
                    """,
            }).Takes<QuarantineReleaseBody>().Answers<QuarantineReleaseAnswer>();
    }

    private static void MapInvoices(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/drafts", DraftEndpoints.ListAllAsync)
            .Doc(new("Invoices", "List drafts",
                "Invoices of all customers whose periods are closed and that wait, with the reasons; by customer and period end.")
                { Query = ["hold", .. Paging] })
            .Answers<PageAnswer<DraftAnswer>>().Problems(422);
        routes.MapGet("/v1/invoices/{id}/document", InvoiceEndpoints.DocumentAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Invoice)
            .Doc(new("Invoices", "Read the sealed bytes of an invoice",
                "The JSON that the invoice's hash in the chain is of, byte by byte; it is without number and hash. Invoices of before there was "
                + "a chain have it too, without being sealed."))
            .Produces(200, contentType: "application/json").Problems(401, 403, 404, 429, 503);
        routes.MapGet("/v1/invoices/{id}", InvoiceEndpoints.GetAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Invoice)
            .Doc(new("Invoices", "Read an invoice", "As JSON, or as its page when HTML is preferred."))
            .AnswersEntity<InvoiceAnswer>().Problems(404);
        routes.MapGet("/v1/invoices/{id}/explanation", InvoiceEndpoints.ExplainAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Invoice)
            .Doc(new("Invoices", "Explain an invoice",
                "A page in English with every step of every amount, tier by tier; it needs nothing from elsewhere."))
            .Produces(200, contentType: "text/html").Problems(401, 403, 404, 503);
        routes.MapGet("/v1/invoices/{id}/usage.csv", InvoiceEndpoints.UsageAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Read)
            .OwnedBy(Owners.Invoice)
            .Doc(new("Invoices", "Read an invoice's usage by device",
                "CSV, written while it is read from the archive, with one row a line and device. The rows of a line add up to its quantity, amount "
                + "and events exactly: what no device accounts for by itself, such as a fee, the amount of tiers or what rounding made of it, is a "
                + "row without device."))
            .Produces(200, contentType: "text/csv").Problems(401, 403, 404, 429, 503);
        routes.MapGet("/v1/invoices/{id}/lines/{n}/events", InvoiceEndpoints.LineEventsAsync).Needs(KeyScopes.Read).OwnedBy(Owners.Invoice)
            .Doc(new("Invoices", "List the events behind a line",
                "The raw events that the line bills.") { Query = Paging })
            .Answers<PageAnswer<RecordedUsageAnswer>>().Problems(404, 422);
    }

    private static void MapPricing(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/quotes", QuoteEndpoint.PriceAsync).Needs(KeyScopes.Read)
            .Doc(new("Pricing", "Quote",
                "Prices a quantity, or timed quantities, under a plan or an inline charge, by the rules of the "
                + "bill and with nothing stored. Explains every step.")
            {
                RequestExample = """
                    { "currency": "USD", "quantity": "12", "charge": { "model": "graduated", "tiers": [
                      { "upTo": "5", "unitPrice": "10", "flatFee": "100" }, { "upTo": null, "unitPrice": "5" } ] } }
                    """,
            }).Takes<QuoteShape>(DefinitionBody.YamlType).Answers<QuoteResult>();
        routes.MapPost("/v1/audit", AuditEndpoint.RunAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Read)
            .Doc(new("Pricing", "Audit",
                "Recomputes bills from the raw log by itself and compares every figure. Reads the whole archive.")
            {
                RequestExample = """{ "customer": "c-1" }""",
            }).Takes<AuditBody>().Answers<AuditReport>().Problems(404);
    }
}
