namespace OrleansBilling.Gateway.Problems;

/// <summary>A problem as an endpoint's result.</summary>
internal sealed class ProblemResult(ApiProblem problem) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, problem);
}
