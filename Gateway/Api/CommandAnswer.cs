using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>Turns the result of a command into an answer.</summary>
internal static class CommandAnswer
{
    /// <summary>The entity itself is the answer.</summary>
    public static IResult Of<T>(CommandResult<T> result, string location) where T : class =>
        Of(result, location, value => value);

    /// <summary>Something made of the entity is the answer.</summary>
    /// <param name="result">Of the command.</param>
    /// <param name="location">The entity's address.</param>
    /// <param name="answer">Makes the answer.</param>
    /// <param name="place">Adds to a problem where in the body its errors are; null where the pointers say enough.</param>
    public static IResult Of<T, TAnswer>(
        CommandResult<T> result, string location, Func<T, TAnswer> answer, Func<ApiProblem, ApiProblem>? place = null)
        where T : class =>
        result.Outcome switch
        {
            CommandOutcome.Created => ApiJson.Created(location, answer(result.Value!)),
            CommandOutcome.Unchanged or CommandOutcome.Updated => ApiJson.Ok(answer(result.Value!)),
            _ => new ProblemResult(place is null
                ? ProblemOf(result.Outcome, result.Errors)
                : place(ProblemOf(result.Outcome, result.Errors))),
        };

    public static ApiProblem ProblemOf(CommandOutcome outcome, CommandError[] errors)
    {
        var list = Array.ConvertAll(errors, error => new ProblemError(error.Code, error.Message, error.Pointer ?? ""));
        var status = outcome switch { CommandOutcome.Conflict => 409, CommandOutcome.NotFound => 404, CommandOutcome.PreconditionFailed => 412, _ => 422 };
        return Problem.Invalid(list) with { Status = status, Errors = status == 404 ? [] : list };
    }
}
