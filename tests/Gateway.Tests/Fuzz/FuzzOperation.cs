using System.Text.Json;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>An operation as the document describes it.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Body">Schema of the body; null without one.</param>
/// <param name="Example">Of the body; null without one.</param>
/// <param name="MediaTypes">Of the body.</param>
/// <param name="Query">Query parameters and their schemas.</param>
/// <param name="Statuses">All that may answer it.</param>
/// <param name="IsForOperators">Whether only operators may.</param>
internal sealed record FuzzOperation(
    string Method, string Path, JsonElement? Body, string? Example, string[] MediaTypes, (string Name, JsonElement Schema)[] Query,
    HashSet<int> Statuses, bool IsForOperators)
{
    public string Name => $"{Method} {Path}";
}
