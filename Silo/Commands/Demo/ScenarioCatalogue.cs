using System.Text.Json.Nodes;

namespace OrleansBilling.Silo.Commands.Demo;

/// <summary>The plans of a scenario, complete with the prices that stand in data sets.</summary>
internal sealed class ScenarioCatalogue
{
    private readonly Dictionary<string, PriceSchedule> _schedules = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _plans = [];

    private ScenarioCatalogue()
    {
    }

    /// <summary>As the API takes them.</summary>
    public IReadOnlyList<JsonObject> Plans => _plans;

    /// <summary>Months of a billing cycle; the same for all plans of a scenario.</summary>
    public int Months { get; private set; } = 1;

    public static ScenarioCatalogue Load(Scenario scenario, string dataDirectory)
    {
        var catalogue = new ScenarioCatalogue();
        foreach (var definition in scenario.Plans)
        {
            var path = Path.Combine(scenario.Directory, definition.File);
            var plan = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            catalogue.Add(plan, definition.Schedule, dataDirectory);
        }

        return catalogue;
    }

    /// <summary>The schedule of a plan.</summary>
    /// <exception cref="UsageException">It has none.</exception>
    public PriceSchedule Schedule(string plan) => _schedules.GetValueOrDefault(plan)
        ?? throw new UsageException($"Plan {plan} has no schedule for a subscription to last as long as.");

    private void Add(JsonObject plan, ScenarioSchedule? definition, string dataDirectory)
    {
        Months = plan["cycle"]?["count"]?.GetValue<int>() ?? 1;
        if (definition is not null)
        {
            var schedule = PriceSchedule.Load(dataDirectory, definition);
            var charge = plan["charges"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == definition.Charge);
            schedule.FillIn(charge!.AsObject());
            _schedules[plan["id"]!.GetValue<string>()] = schedule;
        }

        _plans.Add(plan);
    }
}
