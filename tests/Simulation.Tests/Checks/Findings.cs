using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Checks;

/// <summary>What must never be, and was.</summary>
internal sealed class Findings(Trace trace)
{
    private const int KeptOfARule = 5;
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    /// <param name="rule">Short name of what was broken.</param>
    /// <param name="what">All that helps to understand it.</param>
    public void Add(string rule, string what)
    {
        trace.Note($"FOUND {rule}: {what}");
        if (_all.Count(f => f.Rule == rule) < KeptOfARule)
        {
            _all.Add(new(rule, what));
        }
    }
}
