using System.Globalization;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Host;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>What may come back from any request whatever.</summary>
internal static class FuzzCheck
{
    /// <summary>What is wrong with the answer; null when nothing is.</summary>
    public static string? Fault(FuzzRequest request, Answer answer)
    {
        if (answer.Status >= 500)
        {
            return $"answered {answer.Status}";
        }
        if (!request.Operation.Statuses.Contains(answer.Status))
        {
            return $"answered {answer.Status} {CodeOf(answer)}, which the document does not name";
        }
        return answer.Status == 422 && request.Operation.Path.StartsWith(FuzzForeign.Lago, StringComparison.Ordinal)
            ? answer.TextOrNull("code") == "validation_errors" ? null : "answered 422 otherwise than Lago does"
            : answer.Status >= 400 ? ProblemFault(answer) : null;
    }

    private static string? ProblemFault(Answer answer)
    {
        if (answer.Type != "application/problem+json")
        {
            return $"answered {answer.Status} as {answer.Type ?? "nothing"}, not as a problem";
        }
        try
        {
            return answer.Text("status") == answer.Status.ToString(CultureInfo.InvariantCulture) && answer.Text("code").Length > 0
                && answer.Text("detail").Length is > 0 and < 4000
                ? null
                : "answered a problem without status, code or a readable detail";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return $"answered a problem that is none: {unreadable.Message}";
        }
    }

    private static string CodeOf(Answer answer)
    {
        try
        {
            return answer.TextOrNull("code") ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
