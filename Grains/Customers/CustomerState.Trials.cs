using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Trials that the customer had: one of each plan.</summary>
internal sealed partial class CustomerState
{
    private Dictionary<string, string>? _trials;

    /// <summary>The subscription that had the trial of a plan; null when none had.</summary>
    public string? TrialOf(string plan) => _trials?.GetValueOrDefault(plan);

    public void Apply(TrialTaken fact) => (_trials ??= new(StringComparer.Ordinal))[fact.Plan] = fact.Subscription;

    private IEnumerable<object> TrialFacts => (_trials ?? []).OrderBy(t => t.Key, StringComparer.Ordinal)
        .Select(t => new TrialTaken(Tenant.Id, Spec.Id, t.Key, t.Value));
}
