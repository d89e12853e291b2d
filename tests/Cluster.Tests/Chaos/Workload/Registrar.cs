using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>Registers what a tenant has, each thing until the server has confirmed it, and writes it down.</summary>
internal sealed class Registrar(TenantWorld tenant, ApiCaller caller, JournalWriter journal)
{
    /// <summary>Why a valid change of plan is refused.</summary>
    private static readonly HashSet<string?> NotNow =
    [
        "subscription.change_too_early", "subscription.change_before_start", "subscription.change_scheduled",
        "subscription.plan_unchanged", "subscription.change_pending",
    ];

    public TenantWorld Tenant => tenant;

    public ApiCaller Caller => caller;

    public Task MeterAsync(CancellationToken cancel) =>
        DoneAsync("v1/meters", new JsonObject { ["id"] = PlanTerms.Meter, ["unit"] = "kWh" }, cancel);

    public async Task<int> PlanAsync(PlanTerms plan, CancellationToken cancel)
    {
        var answer = await DoneAsync("v1/plans", plan.ToJson(), cancel);
        var version = answer.GetProperty("version").GetInt32();
        journal.Write(new PlanPublished(tenant.Id, plan, version));
        return version;
    }

    public Task CustomerAsync(string id, CancellationToken cancel) =>
        DoneAsync("v1/customers", new JsonObject { ["id"] = id, ["name"] = id, ["currency"] = "EUR" }, cancel);

    public async Task<KnownSubscription> SubscriptionAsync(
        string id, string customer, string plan, DateTimeOffset start, string zone, CancellationToken cancel)
    {
        var answer = await DoneAsync("v1/subscriptions", new JsonObject
        {
            ["id"] = id, ["customer"] = customer, ["plan"] = plan, ["start"] = Text(start), ["timeZone"] = zone,
        }, cancel);
        var version = answer.GetProperty("planVersion").GetInt32();
        journal.Write(new SubscriptionCreated(tenant.Id, id, customer, plan, version, start, zone));
        return new(id, start);
    }

    /// <param name="subscription">Null for a device that nobody pays for.</param>
    public async Task DeviceAsync(string id, KnownSubscription? subscription, CancellationToken cancel)
    {
        var body = new JsonObject { ["id"] = id };
        if (subscription is not null)
        {
            body["subscription"] = subscription.Id;
            body["from"] = Text(subscription.Start);
        }

        await DoneAsync("v1/devices", body, cancel);
        if (subscription is not null)
        {
            journal.Write(new DeviceAssigned(tenant.Id, id, subscription.Id, subscription.Start));
        }

        tenant.AddDevice(id);
    }

    /// <returns>False when the device has later usage or a later owner already.</returns>
    public async Task<bool> MoveAsync(string device, string? subscription, DateTimeOffset from, CancellationToken cancel)
    {
        var body = new JsonObject { ["subscription"] = subscription, ["from"] = Text(from) };
        var answer = await caller.PostAsync($"v1/devices/{device}/assignments", body, cancel);
        if (answer.Status == 409 && answer.Code is "device.usage_after" or "device.assignment_order")
        {
            return false;
        }

        Check(answer, $"moving {device} to {subscription} from {from:O}");
        journal.Write(new DeviceAssigned(tenant.Id, device, subscription, from));
        return true;
    }

    /// <param name="change">Its id; no two changes of a subscription have the same.</param>
    /// <param name="when"><c>now</c>, <c>periodEnd</c> or an instant.</param>
    /// <returns>False when it cannot begin then.</returns>
    public async Task<bool> ChangePlanAsync(
        string subscription, string change, string plan, string when, CancellationToken cancel)
    {
        var body = new JsonObject { ["id"] = change, ["plan"] = plan, ["when"] = when };
        var answer = await caller.PostAsync($"v1/subscriptions/{subscription}/changes", body, cancel);
        if (answer.Status == 409 && NotNow.Contains(answer.Code))
        {
            return false;
        }

        Check(answer, $"changing {subscription} to {plan} {when}");
        var promised = answer.Json();
        journal.Write(new SubscriptionChanged(
            tenant.Id, subscription, change, plan, promised.GetProperty("planVersion").GetInt32(),
            promised.GetProperty("effectiveAt").GetDateTimeOffset()));
        return true;
    }

    /// <returns>False when it has begun, or usage is rated by it.</returns>
    public async Task<bool> WithdrawAsync(string subscription, string change, CancellationToken cancel)
    {
        var answer = await caller.DeleteAsync($"v1/subscriptions/{subscription}/changes/{change}", cancel);
        if (answer.Code is "subscription.change_begun" or "subscription.change_too_early")
        {
            return false;
        }

        Check(answer, $"withdrawing {change} of {subscription}");
        journal.Write(new ChangeWithdrawn(tenant.Id, subscription, change));
        return true;
    }

    public async Task AdvanceAsync(DateTimeOffset to, CancellationToken cancel)
    {
        journal.Write(new ClockAdvanced(tenant.Id, to, Confirmed: false));
        var body = new JsonObject { ["to"] = Text(to) };
        Check(
            await caller.PostAsync("v1/clock/advance", body, cancel, TimeSpan.FromSeconds(60)), $"advancing to {to:O}");
        journal.Write(new ClockAdvanced(tenant.Id, to, Confirmed: true));
        tenant.SetTestNow(to);
    }

    private async Task<JsonElement> DoneAsync(string path, JsonObject body, CancellationToken cancel)
    {
        var answer = await caller.PostAsync(path, body, cancel);
        Check(answer, $"{path} {body.ToJsonString()}");
        return answer.Json();
    }

    private static void Check(ApiAnswer answer, string what)
    {
        if (!answer.Succeeded)
        {
            throw new SurpriseException($"{what} was refused with {answer.Status} {Encoding.UTF8.GetString(answer.Body)}");
        }
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A subscription that the server confirmed.</summary>
internal sealed record KnownSubscription(string Id, DateTimeOffset Start);
