using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Shell around one <see cref="CustomerState"/>.</summary>
[Reentrant, GrainType("customer"), PartitionPlacement]
internal sealed partial class CustomerGrain(PartitionHost host) : EntityGrain(host, EntityKind.Customer), ICustomerGrain
{
    public async Task<CommandResult<CustomerView>> Register(CustomerSpec spec)
    {
        if (await Faults(spec) is { Length: > 0 } faults)
        {
            return CommandResult.Rejected<CustomerView>(faults);
        }
        return await (await Home()).DoDurably(t =>
        {
            if (Find(t) is { } known)
            {
                return CustomerRules.Same(known.Spec, spec)
                    ? CommandResult.Unchanged(known.View)
                    : CommandResult.Conflict<CustomerView>(
                        "customer.exists", "This customer id is registered with other content.", "/id");
            }
            _ = TenantOf(t, Key.Tenant);
            t.Append(new CustomerRegistered(Key.Tenant, spec));
            return CommandResult.Created(Find(t)!.View);
        });
    }

    public async Task<CommandResult<CustomerView>> Change(CustomerSpec spec)
    {
        if (await Faults(spec) is { Length: > 0 } faults)
        {
            return CommandResult.Rejected<CustomerView>(faults);
        }
        var home = await Home();
        var result = await home.DoDurably(t =>
        {
            if (Find(t) is not { } known)
            {
                return CommandResult.NotFound<CustomerView>("customer.unknown", "No such customer is registered.");
            }
            if (CustomerRules.Same(known.Spec, spec))
            {
                return CommandResult.Unchanged(known.View);
            }
            if (known.Spec.Currency != spec.Currency)
            {
                return CommandResult.Conflict<CustomerView>(
                    "customer.currency_fixed", $"The customer pays in {known.Spec.Currency} for good: register another one.", "/currency");
            }
            t.Append(new CustomerChanged(Key.Tenant, spec));
            return CommandResult.Updated(known.View);
        });
        if (result.Outcome == CommandOutcome.Updated)
        {
            // What held an invoice may be mended.
            await InvoiceIssuing.IssueDue(home, GrainFactory, Key.Tenant, Key.Id);
        }
        return result;
    }

    public async Task<CustomerView?> Get() => await (await Home()).DoDurably(t => Find(t)?.View);

    public async Task<CommandResult<CustomerView>> AddSubscription(SubscriptionView subscription, BillingCycle cycle) =>
        await (await Home()).DoDurably(t =>
        {
            if (Find(t) is not { } customer)
            {
                return CommandResult.NotFound<CustomerView>("customer.unknown", "No such customer is registered.");
            }
            if (customer.Has(subscription.Id))
            {
                return CommandResult.Unchanged(customer.View);
            }
            t.Append(new CustomerSubscribed(Key.Tenant, subscription, cycle));
            return CommandResult.Updated(customer.View);
        });

    public async Task<bool> TakeTrial(string plan, string subscription) => await (await Home()).DoDurably(t =>
    {
        if (Find(t) is not { } customer)
        {
            return false;
        }
        if (customer.TrialOf(plan) is null)
        {
            t.Append(new TrialTaken(Key.Tenant, Key.Id, plan, subscription));
        }
        return customer.TrialOf(plan) == subscription;
    });

    public async Task EndSubscription(string subscription, Instant? end) => await (await Home()).DoDurably(t =>
    {
        if (Find(t) is { } customer && customer.Has(subscription)
            && customer.Subscriptions.First(s => s.View.Id == subscription).View.End != end)
        {
            t.Append(new CustomerSubscriptionEnded(Key.Tenant, Key.Id, subscription, end));
        }
        return true;
    });

    public async Task TakeStatement(PeriodStatement statement)
    {
        var home = await Home();
        await home.DoDurably(t =>
        {
            if (Find(t) is { } customer
                && statement.Period > customer.TakenThrough(statement.Subscription))
            {
                t.Append(new StatementTaken(statement));
            }
            return true;
        });
        await InvoiceIssuing.IssueDue(home, GrainFactory, Key.Tenant, Key.Id);
        await home.Durable(home.Log.LastLsn);
    }

    public async Task<Page<InvoiceView>> Invoices(string? cursor, int limit)
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } customer
            ? Invoices(customer, cursor, limit, customer.Tenant.Now(home.Time))
            : new Page<InvoiceView>([], null));
    }

    private static Page<InvoiceView> Invoices(CustomerState customer, string? cursor, int limit, Instant now)
    {
        // Those that wait for their numbers are the last ones.
        var count = customer.Invoices.Count(i => i.Number is not null);
        var skip = int.TryParse(cursor, out var before) ? Math.Clamp(before, 0, count) : count;
        var first = Math.Max(0, skip - limit);
        return new Page<InvoiceView>(
            [.. customer.Invoices.Skip(first).Take(skip - first).Reverse().Select(i => i.Read(now))],
            first > 0 ? first.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    public async Task<InvoiceView?> Invoice(string id)
    {
        var home = await Home();
        return await home.DoDurably(t => Issued(t, id)?.Read(Find(t)!.Tenant.Now(home.Time)));
    }

    private CustomerState? Find(Partition.Turn t) =>
        t.State.Tenant(Key.Tenant) is { } tenant ? t.State.Customers.Find(tenant, Key.Id) : null;

    private IssuedInvoice? Issued(Partition.Turn t, string id) => Find(t)?.Invoices.FirstOrDefault(i => i.Number == id);

    private async Task<CommandError[]> Faults(CustomerSpec spec)
    {
        var issuer = spec.LegalEntity is { } id ? await GrainFactory.GetGrain<IInvoiceSeriesGrain>(Key.Tenant).LegalEntity(id) : null;
        return [.. CustomerRules.Faults(spec, issuer)];
    }
}
