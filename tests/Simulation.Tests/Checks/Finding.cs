namespace OrleansBilling.Simulation.Checks;

/// <param name="Rule">Short name of what was broken.</param>
/// <param name="What">All that helps to understand it.</param>
internal sealed record Finding(string Rule, string What);
