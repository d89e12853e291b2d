using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using OrleansBilling.Silo.Commands.Import.Sending;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>
/// Customers, subscriptions and devices of a scenario, made from the devices that appear in its files.
/// </summary>
internal sealed class ScenarioAccounts
{
    private readonly Dictionary<string, JsonObject> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _subscriptions = new(StringComparer.Ordinal);
    private readonly List<DevicePlacement> _devices = [];
    private readonly Scenario _scenario;
    private readonly ScenarioCalendar _calendar;
    private readonly ScenarioCatalogue _catalogue;

    private ScenarioAccounts(
        Scenario scenario, IReadOnlyList<DeviceSpan> devices, ScenarioCalendar calendar, ScenarioCatalogue catalogue)
    {
        _scenario = scenario;
        _calendar = calendar;
        _catalogue = catalogue;
        var plausible = devices.Where(device => device.Last >= ScenarioCalendar.Plausible).ToList();
        if (plausible.Count == 0)
        {
            throw new UsageException($"{scenario.Dataset}: no device has usage.");
        }

        Start = calendar.PeriodStart(plausible.Min(First));
        End = calendar.PeriodEnd(plausible.Max(device => device.Last));
    }

    /// <summary>Start of the first period.</summary>
    public Instant Start { get; }

    /// <summary>End of the last one.</summary>
    public Instant End { get; }

    /// <summary>Customer ids.</summary>
    public IReadOnlyList<string> Customers => [.. _customers.Keys];

    /// <summary>As the API takes them.</summary>
    public IReadOnlyList<JsonObject> CustomerBodies => [.. _customers.Values];

    /// <summary>As the API takes them.</summary>
    public IReadOnlyList<JsonObject> SubscriptionBodies => [.. _subscriptions.Values];

    /// <summary>Devices with their assignments.</summary>
    public IReadOnlyList<DevicePlacement> Devices => _devices;

    public static ScenarioAccounts Of(
        Scenario scenario, IReadOnlyList<DeviceSpan> devices, ScenarioCalendar calendar, ScenarioCatalogue catalogue)
    {
        var accounts = new ScenarioAccounts(scenario, devices, calendar, catalogue);
        foreach (var device in devices.OrderBy(First))
        {
            accounts.Add(device);
        }

        return accounts;
    }

    private static Instant First(DeviceSpan device) => Instant.Max(device.First, ScenarioCalendar.Plausible);

    private void Add(DeviceSpan device)
    {
        foreach (var account in _scenario.Accounts)
        {
            var match = Regex.Match(device.Device, account.Devices, RegexOptions.CultureInvariant);
            if (match.Success)
            {
                Add(device, account, match);
                return;
            }
        }

        throw new UsageException($"{_scenario.Id}: no account pays for device {device.Device}.");
    }

    private void Add(DeviceSpan device, ScenarioAccount account, Match match)
    {
        var words = match.Groups.Cast<Group>().Where(group => group.Name != "0")
            .ToDictionary(group => group.Name, group => group.Value);
        words["device"] = device.Device;
        words["customer"] = Fill(account.Customer, words);
        _customers.TryAdd(words["customer"], new JsonObject
        {
            ["id"] = words["customer"], ["name"] = Fill(account.Name, words), ["currency"] = account.Currency,
        });
        var start = account.StartAtFirstUse ? _calendar.DayStart(First(device)) : Start;
        _devices.Add(new(device.Device, Assignments(account, words, start)));
    }

    private List<(string Subscription, Instant From)> Assignments(
        ScenarioAccount account, Dictionary<string, string> words, Instant start)
    {
        var basis = Fill(account.Subscriptions[0].Id, words);
        var moves = new List<(string Subscription, Instant From)> { (basis, start) };
        Subscribe(basis, words["customer"], account.Subscriptions[0].Plan, start, null);
        foreach (var subscription in account.Subscriptions.Skip(1))
        {
            var id = Fill(subscription.Id, words);
            var schedule = _catalogue.Schedule(subscription.Plan);
            Subscribe(id, words["customer"], subscription.Plan, schedule.From, schedule.Until);
            moves.Add((id, schedule.From));
            moves.Add((basis, schedule.Until));
        }

        var later = moves.Where(move => move.From > start).OrderBy(move => move.From).ToList();
        return [(moves.Where(move => move.From <= start).OrderBy(move => move.From).Last().Subscription, start),
            .. later];
    }

    private void Subscribe(string id, string customer, string plan, Instant start, Instant? end)
    {
        var body = new JsonObject
        {
            ["id"] = id,
            ["customer"] = customer,
            ["plan"] = plan,
            ["start"] = EventJson.Time(start),
            ["timeZone"] = _scenario.TimeZone,
        };
        if (end is { } until)
        {
            body["end"] = EventJson.Time(until);
        }

        if (_scenario.AnchorDate is { } anchor)
        {
            body["anchorDate"] = anchor;
        }

        _subscriptions.TryAdd(id, body);
    }

    private static string Fill(string template, Dictionary<string, string> words) =>
        words.Aggregate(template, (text, word) =>
            text.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));
}
