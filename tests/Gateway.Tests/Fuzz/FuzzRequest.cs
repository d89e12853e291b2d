using System.Text;

namespace OrleansBilling.Gateway.Tests.Fuzz;

/// <summary>A request before it is sent, so that it can be told again.</summary>
internal sealed record FuzzRequest(
    long Seed, FuzzOperation Operation, string Target, byte[]? Body, string? MediaType, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Of what is asked for; CSV is a form of its own.</summary>
    public string Name => MediaType == FuzzCsv.MediaType ? $"{Operation.Name} as CSV" : Operation.Name;

    public HttpRequestMessage ToMessage(Uri server)
    {
        // As it was made: a path with dots or escapes must arrive so.
        var address = new Uri(server.ToString().TrimEnd('/') + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Operation.Method), address);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (MediaType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", MediaType);
            }
        }
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2000)));
        var headers = string.Concat(Headers.Select(header => $" {header.Name}: {header.Value};"));
        return $"seed {Seed}: {Operation.Method} {Target}{headers} {MediaType} ({Body?.Length ?? 0} bytes) {body}";
    }
}
