using OrleansBilling.Core.Validation;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>Faults found by the rating core, as a problem.</summary>
internal static class CoreProblem
{
    public static ApiProblem Of(IReadOnlyList<ValidationError> errors) =>
        Problem.Invalid([.. errors.Select(error => new ProblemError(error.Code, error.Message, error.Pointer))]);
}
