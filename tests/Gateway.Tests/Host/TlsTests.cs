using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>TLS of the server itself, by settings alone, with a certificate as an authority gives it.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("orleans-billing-tls-").FullName;
    private readonly int _port = SiloProcess.FreePort();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task One_port_serves_HTTP_1_HTTP_2_and_gRPC_over_TLS_and_tells_browsers_to_stay_there()
    {
        using var authority = Write();
        await using var silo = new SiloProcess(Settings(Pem()));
        silo.Launch();
        using var http = new HttpClient(Handler(authority)) { BaseAddress = new($"https://127.0.0.1:{_port}") };
        await ReadyAsync(silo, http);

        http.DefaultRequestHeaders.Authorization = new("Bearer", SiloProcess.OperatorKey);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tenants") { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var answer = await http.SendAsync(request);
            Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version));
            Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        }
        using var channel = GrpcChannel.ForAddress(http.BaseAddress, new() { HttpHandler = Handler(authority) });
        var usage = new UsageService.UsageServiceClient(channel);
        Assert.Empty((await usage.ReportAsync(new(), new Metadata { { "authorization", $"Bearer {SiloProcess.OperatorKey}" } })).Results);

        using var plain = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}") };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync("/health/live"));
    }

    [Theory]
    [InlineData(null, "Kestrel:Certificates:Default:Path")]
    [InlineData("absent.pem", "absent.pem")]
    public async Task Without_a_certificate_the_start_says_what_to_set(string? path, string named)
    {
        await using var silo = new SiloProcess(Settings(path is null ? [] : new() { ["Kestrel__Certificates__Default__Path"] = path }));
        silo.Launch();
        await silo.WaitForExitAsync(TimeSpan.FromSeconds(120));
        Assert.Equal(2, silo.ExitCode);
        Assert.Contains(named, silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Output, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings(Dictionary<string, string> more) => new(more)
    {
        ["Gateway__HttpUrl"] = $"https://127.0.0.1:{_port}",
        ["Gateway__GrpcUrl"] = $"https://127.0.0.1:{_port}",
    };

    private Dictionary<string, string> Pem() => new()
    {
        ["Kestrel__Certificates__Default__Path"] = Path.Combine(_directory, "server.pem"),
        ["Kestrel__Certificates__Default__KeyPath"] = Path.Combine(_directory, "server.key"),
    };

    /// <summary>An authority of its own and a certificate of it for this machine, in files; answers the authority.</summary>
    private X509Certificate2 Write()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Tests", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, now.AddDays(-1), now.AddHours(12), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(_directory, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return root;
    }

    private static SocketsHttpHandler Handler(X509Certificate2 authority) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    private static async Task ReadyAsync(SiloProcess silo, HttpClient http)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready", limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!silo.HasExited)
            {
                // Not listening yet.
            }
            await Task.Delay(100, limit.Token);
        }
    }
}
