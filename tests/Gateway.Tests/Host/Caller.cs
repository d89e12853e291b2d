using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>Calls the public API with one key.</summary>
public sealed class Caller(HttpClient http, string key) : IDisposable
{
    /// <summary>The client beneath.</summary>
    public HttpClient Http => http;

    /// <summary>Its key.</summary>
    public string Key => key;

    public Task<Answer> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, string body, string type = "application/json") =>
        SendAsync(new(HttpMethod.Post, path)
    {
        Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)),
    });

    public Task<Answer> PutAsync(string path, string body, string type = "application/json") => SendAsync(new(HttpMethod.Put, path)
    {
        Content = new StringContent(body, Encoding.UTF8, type),
    });

    /// <summary>Posts something new.</summary>
    public async Task<Answer> CreateAsync(string path, string body)
    {
        var answer = await PostAsync(path, body);
        Assert.True(answer.Status == 201, $"{path}: {answer.Status} {answer.Body}");
        return answer;
    }

    /// <summary>Posts one compact event of the home's device.</summary>
    public Task<Answer> ReportAsync(
        string id, string value, string time = "2012-06-02T08:00:00Z", string device = "meter-17",
            string meter = "energy") =>
        PostAsync("/v1/events", $$"""
            { "events": [ { "id": "{{id}}", "device": "{{device}}", "meter": "{{meter}}", "time": "{{time}}", "value": {{value}} } ] }
            """);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
                response.Content.Headers.ContentType?.MediaType, response.Headers);
        }
    }

    public void Dispose() => http.Dispose();
}

/// <summary>An answer of the API.</summary>
public sealed record Answer(int Status, string Body, string? Type, HttpResponseHeaders Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A text property of the body, by path such as <c>results/0/status</c>; null when it is not
    /// there.</summary>
    public string? TextOrNull(string path)
    {
        var json = Json;
        foreach (var step in path.Split('/'))
        {
            if (json.ValueKind == JsonValueKind.Array)
            {
                json = json[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)];
            }
            else if (!json.TryGetProperty(step, out json))
            {
                return null;
            }
        }
        return json.ValueKind == JsonValueKind.String ? json.GetString() : json.GetRawText();
    }

    /// <summary>A text property of the body.</summary>
    public string Text(string path) =>
        TextOrNull(path) ?? throw new InvalidOperationException($"No '{path}' in {Status}: {Body}");

    /// <summary>Fails unless this is the problem that is meant.</summary>
    public Answer IsProblem(int status, string code, string? pointer = null)
    {
        Assert.True(Status == status, $"{status} {code} was expected, not {Status}: {Body}");
        Assert.Equal("application/problem+json", Type);
        Assert.Equal(
            (code, status.ToString(System.Globalization.CultureInfo.InvariantCulture)), (Text("code"), Text("status")));
        Assert.Equal($"/problems/{code}", Text("type"));
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("detail"));
        Assert.DoesNotContain("   at ", Body, StringComparison.Ordinal);
        if (pointer is not null)
        {
            Assert.Equal(pointer, Text("errors/0/pointer"));
        }
        return this;
    }
}
