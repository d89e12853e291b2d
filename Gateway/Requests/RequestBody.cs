using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>A whole request body in pooled memory; give it back by disposing.</summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 64 * 1024;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private readonly BodyBudget _budget;
    private readonly string _tenant;
    private byte[] _buffer;
    private int _length;

    private RequestBody(BodyBudget budget, string tenant, int size)
    {
        (_budget, _tenant) = (budget, tenant);
        _buffer = _budget.Rent(tenant, size);
    }

    /// <summary>The bytes, without a byte order mark; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes =>
        _buffer.AsSpan(0, _length).StartsWith(ByteOrderMark)
            ? _buffer.AsMemory(3, _length - 3)
            : _buffer.AsMemory(0, _length);

    /// <summary>Reads the body to its end.</summary>
    /// <param name="context">Of the request.</param>
    /// <param name="limitBytes">More is refused.</param>
    /// <param name="isText">Whether it must be UTF-8; a picture is not.</param>
    /// <exception cref="ProblemException">413 beyond the limit, 415 when it is compressed, 400 when it is no UTF-8, 429
    /// when too many bodies are being read.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, int limitBytes, bool isText = true)
    {
        RefuseEncodings(context.Request);
        AllowDraining(context);
        if (context.Request.ContentLength > limitBytes)
        {
            throw new ProblemException(Problem.TooLarge(limitBytes));
        }
        var budget = context.RequestServices.GetRequiredService<BodyBudget>();
        var body = new RequestBody(budget, context.Tenant(), (int)Math.Min(context.Request.ContentLength ?? 0, FirstBuffer) + 1);
        try
        {
            await body.FillAsync(context.Request.Body, limitBytes, context.RequestAborted);
            if (isText)
            {
                body.RequireUtf8();
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            _budget.Return(_tenant, buffer);
        }
        _length = 0;
    }

    /// <summary>
    /// The limits here are counted by us; Kestrel must not cut the connection before the client could read the answer.
    /// Kestrel reads the rest of a refused body for at most five seconds.
    /// </summary>
    private static void AllowDraining(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private static void RefuseEncodings(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(new(415, "request.encoding_unsupported",
                $"Bodies are taken uncompressed, not as {HeaderNames.ContentEncoding}: {encoding}."));
        }
    }

    private async Task FillAsync(Stream stream, int limitBytes, CancellationToken cancel)
    {
        int read;
        while ((read = await stream.ReadAsync(_buffer.AsMemory(_length), cancel)) > 0)
        {
            _length += read;
            if (_length > limitBytes)
            {
                throw new ProblemException(Problem.TooLarge(limitBytes));
            }
            if (_length == _buffer.Length)
            {
                Grow(limitBytes);
            }
        }
    }

    private void Grow(int limitBytes)
    {
        var larger = _budget.Rent(_tenant, Math.Min(_buffer.Length * 2, limitBytes + 1));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        _budget.Return(_tenant, _buffer);
        _buffer = larger;
    }

    private void RequireUtf8()
    {
        if (!Utf8.IsValid(_buffer.AsSpan(0, _length)))
        {
            throw new ProblemException(new(400, "request.utf8_broken",
                "The body is no valid UTF-8 text. Nothing of it was carried out."));
        }
    }
}
