using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Gateway.Problems;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Problems;

public sealed class ProblemMiddlewareTests
{
    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new PartitionUnavailableException("disk full"), 503, "cluster.unavailable" },
        { new TimeoutException(), 503, "cluster.unavailable" },
        { new Orleans.Runtime.OrleansException("no silo"), 503, "cluster.unavailable" },
        { new AggregateException(new PartitionUnavailableException("away")), 503, "cluster.unavailable" },
        { new BadHttpRequestException("too large", 413), 413, "request.body_too_large" },
        { new BadHttpRequestException("slow", 408), 408, "request.too_slow" },
        { new InvalidOperationException("secret detail"), 500, "internal.error" },
        { new ProblemException(Problem.NotFound("device", "d")), 404, "device.unknown" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_exception_becomes_a_problem_that_gives_nothing_away(Exception error, int status, string code)
    {
        var (context, json) = await RunAsync(_ => throw error);
        Assert.Equal((status, code), (context.Response.StatusCode, json.GetProperty("code").GetString()));
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.DoesNotContain("secret", json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(status == 503 ? "1" : "", context.Response.Headers.RetryAfter.ToString());
        Assert.Equal(status >= 500, json.TryGetProperty("traceId", out _));
    }

    [Fact]
    public async Task A_call_over_grpc_that_fails_before_it_begins_gets_a_status_of_grpc()
    {
        var context = new DefaultHttpContext { Request = { ContentType = "application/grpc" } };
        await new ProblemMiddleware(
            _ =>
                throw new PartitionUnavailableException(
                    "away"), NullLogger<ProblemMiddleware>.Instance).InvokeAsync(context);
        Assert.Equal(("application/grpc", "14"),
            (context.Response.ContentType, context.Response.Headers["grpc-status"].ToString()));
    }

    [Theory]
    [InlineData(404, "request.address_unknown")]
    [InlineData(405, "request.method_not_allowed")]
    [InlineData(415, "request.media_type_unsupported")]
    [InlineData(429, "request.too_many")]
    [InlineData(418, "request.bad")]
    public async Task A_bare_status_becomes_a_problem(int status, string code)
    {
        var (_, json) = await RunAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        Assert.Equal(code, json.GetProperty("code").GetString());
    }

    private static async Task<(HttpContext, JsonElement)> RunAsync(RequestDelegate next)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new ProblemMiddleware(next, NullLogger<ProblemMiddleware>.Instance).InvokeAsync(context);
        context.Response.Body.Position = 0;
        Assert.Equal(ApiProblem.MediaType, context.Response.ContentType);
        return (context, JsonDocument.Parse(context.Response.Body).RootElement);
    }
}
