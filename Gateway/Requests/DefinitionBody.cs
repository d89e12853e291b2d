using System.Text.Json;
using OrleansBilling.Core.Documents;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>A definition that a person may have written, as JSON or as YAML. Of YAML, faults get the line and column too.</summary>
internal sealed class DefinitionBody
{
    public const string YamlType = "application/yaml";

    private readonly SourceDocument? _yaml;

    private DefinitionBody(JsonElement json, SourceDocument? yaml)
    {
        Json = json;
        _yaml = yaml;
    }

    /// <summary>The document; what YAML says is JSON here, with numbers spelt as they were.</summary>
    public JsonElement Json { get; }

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limitBytes">Of JSON; YAML has <see cref="BodyLimit.Yaml"/> at most.</param>
    /// <exception cref="ProblemException">400 for broken text, 413, 415 for another media type, 422 for YAML that is not
    /// read.</exception>
    public static async Task<DefinitionBody> ReadAsync(HttpContext context, int limitBytes)
    {
        if (!JsonBody.IsOf(context.Request, YamlType, "+yaml"))
        {
            JsonBody.RequireJson(context.Request, $"{JsonBody.MediaType}, {YamlType}");
            return new(await JsonBody.ReadDocumentAsync(context, limitBytes), null);
        }
        using var body = await RequestBody.ReadAsync(context, Math.Min(limitBytes, BodyLimit.Yaml));
        var read = SourceDocument.ReadYaml(body.Bytes, limitBytes);
        if (!read.Ok)
        {
            throw new ProblemException(Broken(read.Error));
        }
        using var document = JsonBody.Parse(read.Document.Json);
        return new(document.RootElement.Clone(), read.Document);
    }

    /// <summary>A problem with this body, with the places of its errors.</summary>
    public ApiProblem Place(ApiProblem problem) => _yaml is null
        ? problem
        : problem with
        {
            Errors = [.. problem.Errors.Select(error => error.Pointer is null ? error : error with { At = _yaml.Find(error.Pointer) })],
        };

    private static ApiProblem Broken(SourceError error)
    {
        var problem = Problem.Invalid([new(error.Error.Code, error.Error.Message, error.Error.Pointer) { At = error.At }]);
        return error.Error.Code == "yaml.invalid" ? problem with { Status = 400 } : problem;
    }
}
