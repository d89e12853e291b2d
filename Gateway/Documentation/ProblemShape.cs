namespace OrleansBilling.Gateway.Documentation;

/// <summary>An error, in the form of RFC 9457.</summary>
/// <param name="Type">Names the kind of problem: <c>/problems/</c> and the code.</param>
/// <param name="Title">Goes with the status.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Code">Stable and dotted.</param>
/// <param name="Line">Of broken JSON or CSV: the line, from 1.</param>
/// <param name="Byte">Of broken JSON: the byte in the line, from 1.</param>
/// <param name="Errors">Everything that is wrong.</param>
/// <param name="TraceId">Of errors on our side: finds the request in the logs.</param>
internal sealed record ProblemShape(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    long? Line,
    long? Byte,
    ProblemErrorShape[]? Errors,
    string? TraceId);

/// <summary>One thing wrong with a request.</summary>
/// <param name="Pointer">JSON pointer into the body.</param>
/// <param name="Parameter">Name of the query parameter, where it is not about the body.</param>
/// <param name="Line">Of a YAML body: the line, from 1.</param>
/// <param name="Column">Of a YAML body: the column, from 1.</param>
/// <param name="Code">Stable and dotted.</param>
/// <param name="Message">A sentence for people that says how to put it right.</param>
internal sealed record ProblemErrorShape(
    string? Pointer, string? Parameter, int? Line, int? Column, string Code, string Message);
