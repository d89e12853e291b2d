using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Words and dates of bodies that stand for something.</summary>
internal static class BodyWords
{
    /// <summary>A member of an enumeration by its camelCase name.</summary>
    /// <exception cref="ProblemException">There is no such member.</exception>
    public static T Read<T>(string text, string code, string pointer) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Name(value) == text)
            {
                return value;
            }
        }
        var known = string.Join(", ", Enum.GetValues<T>().Select(v => $"'{Name(v)}'"));
        throw new ProblemException(Problem.Invalid(code, $"Give one of {known}.", pointer));
    }

    /// <summary>An ISO 8601 local date of the years in which something is billed.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public static LocalDate Date(string text, string pointer) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 1900 and < 2200 } date }
            ? date
            : throw new ProblemException(Problem.Invalid("json.value", "Give an ISO date here, such as 2026-01-31.", pointer));

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
