namespace OrleansBilling.Gateway.Problems;

/// <summary>Ends a request with a problem. It never leaves the gateway: the middleware turns it into the
/// answer.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Creates it for a problem.</summary>
    public ProblemException(ApiProblem problem) : base(problem.Detail) => Problem = problem;

    /// <summary>What to answer.</summary>
    public ApiProblem Problem { get; }
}
