using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Pricing;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Tests.Pricing.Examples;
using static OrleansBilling.Grains.Tests.BillingCluster;

namespace OrleansBilling.Grains.Tests.Billing;

/// <summary>
/// The worked examples of Core.Tests once more, through the whole path: plan, subscription, devices and events of each, and what
/// its running bill then says. A tenant for each end of a period, with the clock some time before it: five minutes before it the
/// fees of devices for the next period are on the bill already.
/// </summary>
public sealed class PublishedExampleTests
{
    private const int AtOnce = 16;

    private static readonly Duration BeforeEnd = Duration.FromMinutes(10);

    [Fact]
    public async Task Every_running_bill_comes_to_what_the_source_says_and_says_it_like_the_quote()
    {
        await using var cluster = await StartAsync();
        var wrong = new ConcurrentBag<string>();
        var groups = ExampleLibrary.Examples.GroupBy(e => e.Period.End).Select((g, i) => (Tenant: $"t{i}", Group: g));
        foreach (var (tenant, group) in groups)
        {
            await cluster.CreateTenantAsync(tenant, Text(group.Key - BeforeEnd), windowDays: 400);
            await Bill(cluster, tenant, [.. group.Select((e, i) => (e, $"{i}"))], wrong);
            var audit = await cluster.AuditAsync(tenant);
            Assert.True(audit.Agrees, string.Join("\n", audit.Findings.Select(f => f.ToString())));
        }

        Assert.True(wrong.IsEmpty, string.Join("\n", wrong.Order(StringComparer.Ordinal)));
    }

    private static async Task Bill(
        BillingCluster cluster, string tenant, (PricingExample Example, string Id)[] examples, ConcurrentBag<string> wrong)
    {
        var plans = examples.SelectMany(e => e.Example.Plans.Values);
        var meters = plans.SelectMany(p => p.Charges).Select(c => c.Meter).OfType<string>();
        foreach (var meter in meters.Distinct())
        {
            await cluster.DefineMeterAsync(tenant, ExampleLibrary.Meters[meter]);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForEachAsync(examples, options, async (e, _) => await Prepare(cluster, tenant, e.Example, e.Id));
        var events = examples.SelectMany(e => e.Example.Usage.Select((usage, i) => ToEvent(usage, e.Id, i))).ToArray();
        var results = await cluster.SendAsync(tenant, events);
        Assert.All(results.Zip(events), r => Assert.True(r.First.Status == UsageStatus.Accepted, $"{r.Second}: {r.First.Code}"));
        await Parallel.ForEachAsync(examples, options, async (e, _) =>
        {
            if (Differs(e.Example, (await cluster.BillAsync(tenant, $"c{e.Id}")).Lines) is { } difference)
            {
                wrong.Add($"{e.Example}: {difference}");
            }
        });
    }

    private static async Task Prepare(BillingCluster cluster, string tenant, PricingExample example, string id)
    {
        foreach (var plan in example.Plans.Values)
        {
            var named = PlanJson.Serialize(plan with { Id = $"{id}-{plan.Id}" });
            await cluster.PublishAsync(tenant, System.Text.Encoding.UTF8.GetString(named));
        }

        Ok(await cluster.Customer(tenant, $"c{id}").Register(new($"c{id}", example.Name, example.Plan.Currency, null, [])));
        var subscription = cluster.Grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(tenant, $"s{id}"));
        Ok(await subscription.Create(new(
            $"s{id}", $"c{id}", $"{id}-{example.Plan.Id}", null, example.Active.Start, null, example.Zone.Id,
            LocalDatePattern.Iso.Format(example.Period.Start.InZone(example.Zone).Date))));
        foreach (var (at, plan) in example.Changes)
        {
            Ok(await subscription.Change(new($"to-{plan}", $"{id}-{plan}", null, ChangeWhen.At, at)));
        }

        if (example.Active.End != example.Period.End)
        {
            Ok(await subscription.Change(new("end", null, null, ChangeWhen.At, example.Active.End)));
        }

        await Devices(cluster, tenant, example, id);
    }

    /// <summary>Its devices, and those that only send.</summary>
    private static async Task Devices(BillingCluster cluster, string tenant, PricingExample example, string id)
    {
        var senders = example.Usage.Select(u => u.Device).Distinct().Except(example.Devices.Select(d => d.Id));
        foreach (var device in example.Devices.Concat(senders.Select(s => new ExampleDevice(s, null, null, null))))
        {
            var name = $"{id}-{device.Id}";
            await cluster.RegisterAsync(tenant, name, $"s{id}", Text(device.From ?? example.Active.Start));
            if (device.Suspended is { } suspended)
            {
                Ok(await cluster.Device(tenant, name).SetState("suspended", suspended));
            }

            if (device.Until is { } until)
            {
                Ok(await cluster.Device(tenant, name).Assign(null, until));
            }
        }
    }

    /// <summary>Null when the bill is right.</summary>
    private static string? Differs(PricingExample example, IReadOnlyList<Core.Invoicing.InvoiceLine> lines)
    {
        var quoted = ExamplePricing.Lines(example);
        var total = lines.Sum(l => l.Amount.ToDecimal());
        var billed = string.Join("\n", lines.Select(
            l => Say(l.ChargeId, l.Kind, l.Quantity, l.Unit, l.Events, l.ExactAmount, l.Amount, l.Steps)));
        var asked = string.Join("\n", quoted.Select(
            l => Say(l.ChargeId, l.Kind, l.Quantity, l.Unit, l.Events, l.ExactAmount, l.Amount, l.Steps)));
        return total != example.Total ? $"comes to {total}, not {example.Total}"
            : billed != asked ? $"the bill says\n{billed}\nand the quote\n{asked}"
            : null;
    }

    private static string Say(
        string charge, string kind, decimal quantity, string? unit, long events, decimal exact, Money amount,
        IReadOnlyList<RatingStep> steps) =>
        $"{charge} {kind} {DecimalText.Format(quantity)} {unit} of {events} {DecimalText.Format(exact)} {amount} "
        + string.Join("; ", steps.Select(s => $"{s.Kind} {s.Text} {Say(s.Quantity)} {Say(s.UnitPrice)} {Say(s.Amount)}"));

    private static string Say(decimal? number) => number is { } value ? DecimalText.Format(value) : "";

    private static UsageEvent ToEvent(ExampleUsage usage, string id, int index) => Event(
        $"{id}-{index}", $"{id}-{usage.Device}", usage.Meter, Text(usage.Time), usage.Value,
        [.. usage.Dimensions.Select(d => (d.Key, d.Value))]);

    private static string Text(Instant time) => InstantPattern.ExtendedIso.Format(time);
}
