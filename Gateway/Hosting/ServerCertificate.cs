namespace OrleansBilling.Gateway.Hosting;

/// <summary>The certificate of https:// addresses, from Kestrel's own settings.</summary>
internal static class ServerCertificate
{
    private const string Section = "Kestrel:Certificates:Default";

    /// <summary>Looks before anything starts whether there is one, to say which setting to change.</summary>
    /// <exception cref="GatewayConfigurationException">None is configured, or a file is missing.</exception>
    public static void Require(IConfiguration configuration, string url)
    {
        var certificate = configuration.GetSection(Section);
        if (!certificate.Exists())
        {
            throw new GatewayConfigurationException(
                $"{url} needs a certificate: set {Section}:Path and {Section}:KeyPath to files in PEM form, or {Section}:Path and "
                + $"{Section}:Password for a PFX file.");
        }
        foreach (var name in new[] { "Path", "KeyPath" })
        {
            if (certificate[name] is { Length: > 0 } path && !File.Exists(path))
            {
                throw new GatewayConfigurationException($"{Section}:{name} is '{path}', and there is no such file.");
            }
        }
    }
}
