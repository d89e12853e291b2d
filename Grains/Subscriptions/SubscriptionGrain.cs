using NodaTime;
using NodaTime.Text;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Subscriptions;

/// <summary>Shell around one <see cref="SubscriptionState"/>.</summary>
[Reentrant, GrainType("subscription"), PartitionPlacement]
internal sealed partial class SubscriptionGrain(PartitionHost host)
    : EntityGrain(host, EntityKind.Subscription), ISubscriptionGrain
{
    public async Task<CommandResult<SubscriptionView>> Create(SubscriptionSpec spec)
    {
        var home = await Home();
        var known = home.Do(t => t.State.Subscriptions.Find(TenantOf(t, Key.Tenant), Key.Id));
        if (known is not null)
        {
            return await Repeat(known, spec);
        }
        var customer = await GrainFactory.GetGrain<ICustomerGrain>(EntityKey.Of(Key.Tenant, spec.Customer)).Get();
        if (customer is null)
        {
            return Rejected("customer.unknown", $"There is no customer '{spec.Customer}'.", "/customer");
        }
        var catalogue = GrainFactory.GetGrain<ICatalogueGrain>(Key.Tenant);
        var plan = await catalogue.GetPlan(spec.Plan, spec.PlanVersion);
        if (plan is null)
        {
            return Rejected("plan.unknown", $"There is no such version of a plan '{spec.Plan}'.", "/plan");
        }
        if (plan.Definition.Currency != customer.Currency)
        {
            return Rejected(
                "subscription.currency",
                $"The plan is in {plan.Definition.Currency}, the customer pays in {customer.Currency}.", "/plan");
        }
        var view = View(spec, plan, home.Do(t => TenantOf(t, Key.Tenant).Now(home.Time)), out var errors);
        if (view is null)
        {
            return CommandResult.Rejected<SubscriptionView>(errors);
        }
        var terms = new PlanTerms(plan with { Overrides = spec.Overrides }, await Meters(catalogue, plan));
        return OverrideErrors(terms) is { Length: > 0 } wrong
            ? CommandResult.Rejected<SubscriptionView>(wrong)
            : await Append(home, new(Key.Tenant, spec, await Staged(spec, view, terms)));
    }

    /// <summary>The terms with the stages of the plan, where it has several.</summary>
    private async Task<SubscriptionTerms> Staged(SubscriptionSpec spec, SubscriptionView view, PlanTerms terms)
    {
        var (plan, agreed) = (terms.Plan.Definition, terms.Plan.Overrides?.Key);
        var withTrial = plan.Trial is { } trial && spec.Trial != false
            && (trial.Repeat || await GrainFactory.GetGrain<ICustomerGrain>(EntityKey.Of(Key.Tenant, view.Customer)).TakeTrial(plan.Id, Key.Id));
        var stages = PlanStages.Of(
            plan, new(0, view.Start, view.Plan, view.PlanVersion), agreed, Calendars.Of(view, plan.Cycle),
            DateTimeZoneProviders.Tzdb[view.TimeZone], withTrial, nextNumber: 1);
        // As decided once: partitions learn a timeline that is newer than the one they begin with.
        return stages is [{ Trial: null }]
            ? new(view, terms.Plan, terms.Meters)
            : new(
                view, terms.Plan, terms.Meters, new(new(1, stages, view.End), [terms], null),
                stages[0].Variant == agreed ? null : stages[0].Variant);
    }

    public async Task<SubscriptionView?> Get()
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } known ? known.ViewAt(known.Tenant.Now(home.Time)) : null);
    }

    public async Task<SubscriptionTerms?> Terms() => await (await Home()).DoDurably(t => Find(t)?.Terms);

    public async Task<InvoiceLine[]> RunningLines() => [.. (await RunningStatements()).SelectMany(s => s.Lines)];

    public async Task<PeriodStatement[]> RunningStatements()
    {
        var home = await Home();
        if (home.Do(t => Find(t) is null))
        {
            return [];
        }
        await Task.WhenAll(Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p).FlushTo(home.Number, home.Epoch)));
        return await home.DoDurably(t => StatementLines.Running(Find(t)!, Find(t)!.Tenant.Now(home.Time)));
    }

    /// <summary>What is wrong with the overrides of a plan.</summary>
    private static CommandError[] OverrideErrors(PlanTerms plan) => plan.Plan.Overrides is not { } overrides ? [] :
    [
        .. PlanOverridesValidator.Validate(overrides, plan.Plan.Definition, id => Array.Find(plan.Meters, m => m.Id == id))
            .Select(e => new CommandError(e.Code, e.Message, "/overrides" + e.Pointer)),
    ];

    private static async Task<MeterDefinition[]> Meters(ICatalogueGrain catalogue, PlanView plan)
    {
        var meters = new List<MeterDefinition>();
        foreach (var meter in plan.Definition.Charges.Select(c => c.Meter).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            meters.Add(await catalogue.GetMeter(meter)
                ?? throw new InvalidOperationException($"Plan '{plan.Id}' was published with a meter '{meter}' that is gone."));
        }
        return [.. meters];
    }

    private SubscriptionState? Find(Partition.Turn t) =>
        t.State.Tenant(Key.Tenant) is { } tenant ? t.State.Subscriptions.Find(tenant, Key.Id) : null;

    private async Task<CommandResult<SubscriptionView>> Append(Partition home, SubscriptionCreated fact)
    {
        var state = await home.DoDurably(t =>
        {
            if (Find(t) is null)
            {
                t.Append(fact);
            }
            return Find(t)!;
        });
        await ListAtCustomer(state);
        return state.Spec == fact.Spec ? CommandResult.Created(state.View) : await Repeat(state, fact.Spec);
    }

    private async Task<CommandResult<SubscriptionView>> Repeat(SubscriptionState known, SubscriptionSpec spec)
    {
        if (known.Spec != spec)
        {
            return CommandResult.Conflict<SubscriptionView>(
                "subscription.exists", "This subscription id exists with other content.", "/id");
        }
        await ListAtCustomer(known);
        return CommandResult.Unchanged(known.View);
    }

    private async Task ListAtCustomer(SubscriptionState state)
    {
        var customer = GrainFactory.GetGrain<ICustomerGrain>(EntityKey.Of(Key.Tenant, state.View.Customer));
        await customer.AddSubscription(state.View, state.Terms.Plan.Definition.Cycle);
        // A wallet that is opened from here on tells it itself.
        if (await customer.HasFundsLimit())
        {
            await SetFundsLimit();
        }
    }

    private static SubscriptionView? View(SubscriptionSpec spec, PlanView plan, Instant now, out CommandError[] errors)
    {
        var zoneId = spec.TimeZone ?? "Etc/UTC";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is not { } zone)
        {
            errors = [new("subscription.time_zone", "The time zone must be an IANA id such as Europe/Berlin.", "/timeZone")];
            return null;
        }
        var start = spec.Start ?? zone.AtStartOfDay(now.InZone(zone).Date).ToInstant();
        if (spec.End <= start)
        {
            errors = [new("subscription.end", "The end must come after the start.", "/end")];
            return null;
        }
        if (Anchor(spec.AnchorDate, start.InZone(zone).Date, plan.Definition.Cycle) is not { } anchor)
        {
            errors = [new("subscription.anchor", "The anchor date must be an ISO date such as 2026-01-31.", "/anchorDate")];
            return null;
        }
        errors = [];
        return new(
            spec.Id, spec.Customer, plan.Id, plan.Version, plan.Definition.Currency, start, spec.End, zoneId,
            LocalDatePattern.Iso.Format(anchor), Overrides: spec.Overrides);
    }

    private static LocalDate? Anchor(string? given, LocalDate start, BillingCycle cycle)
    {
        if (given is null)
        {
            return cycle.Unit == CycleUnit.Month ? new(start.Year, start.Month, 1) : start;
        }
        var parsed = LocalDatePattern.Iso.Parse(given);
        return parsed.Success && parsed.Value.Year is > 1900 and < 2200 ? parsed.Value : null;
    }

    private static CommandResult<SubscriptionView> Rejected(string code, string message, string pointer) =>
        CommandResult.Rejected<SubscriptionView>(new CommandError(code, message, pointer));
}
