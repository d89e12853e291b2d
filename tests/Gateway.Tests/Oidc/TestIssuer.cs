using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Gateway.Tests.Oidc;

/// <summary>An OpenID Connect issuer on a port of its own: metadata, keys, and tokens signed with RSA and elliptic curves.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private RSA _rsa = RSA.Create(2048);
    private int _generation = 1;

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>Address, and <c>iss</c> of its tokens.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The key for ES256.</summary>
    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key for RS and PS.</summary>
    public RSA Rsa => _rsa;

    /// <summary>Name of the present RSA key.</summary>
    public string RsaId => $"rsa-{_generation}";

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new TestIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = issuer.Url,
            jwks_uri = $"{issuer.Url}/keys",
        }));
        issuer._app.MapGet("/keys", issuer.Keys);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Replaces the RSA key; the old one is published no longer.</summary>
    public void Rotate() => (_rsa, _generation) = (RSA.Create(2048), _generation + 1);

    /// <summary>A token with these claims, which the issuer signs; those that are null are left out.</summary>
    public string Token(Dictionary<string, object?> claims, string algorithm = "RS256", Func<byte[], byte[]>? sign = null, string? keyId = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = keyId ?? (algorithm == "ES256" ? "curve" : RsaId) };
        var body = $"{Encode(header.ToJsonString())}.{Encode(JsonSerializer.Serialize(claims.Where(c => c.Value is not null).ToDictionary()))}";
        return $"{body}.{Base64Url.EncodeToString((sign ?? Signer(algorithm))(Encoding.ASCII.GetBytes(body)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        Curve.Dispose();
    }

    private Func<byte[], byte[]> Signer(string algorithm) => algorithm switch
    {
        "RS256" => body => _rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "PS256" => body => _rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "ES256" => body => Curve.SignData(body, HashAlgorithmName.SHA256),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, null),
    };

    private IResult Keys()
    {
        var (rsa, curve) = (_rsa.ExportParameters(false), Curve.ExportParameters(false));
        return Results.Json(new
        {
            keys = new object[]
            {
                new { kty = "RSA", use = "sig", kid = RsaId, n = Base64Url.EncodeToString(rsa.Modulus), e = Base64Url.EncodeToString(rsa.Exponent) },
                new
                {
                    kty = "EC", use = "sig", kid = "curve", crv = "P-256", x = Base64Url.EncodeToString(curve.Q.X), y = Base64Url.EncodeToString(curve.Q.Y),
                },
            },
        });
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
