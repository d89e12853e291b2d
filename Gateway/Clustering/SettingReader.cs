using System.Globalization;
using System.Net;

namespace OrleansBilling.Gateway.Clustering;

/// <summary>Reads single settings of a section and says which one is wrong and what it may be.</summary>
internal sealed class SettingReader(IConfiguration configuration, string section)
{
    public string Text(string name, string otherwise) => Read(name) ?? otherwise;

    public int Port(string name, int otherwise) => Number(name, otherwise, 1, 65_535);

    public int Number(string name, int otherwise, int lowest, int highest) => Read(name) is not { } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : throw Wrong(name, text, $"it must be a whole number from {lowest} to {highest}");

    public IPAddress? Address(string name) => Read(name) is not { } text
        ? null
        : IPAddress.TryParse(text, out var address)
            ? address
            : throw Wrong(name, text, "it must be an IP address that the other processes reach");

    private string? Read(string name) => configuration[$"{section}:{name}"] is { Length: > 0 } text ? text : null;

    private GatewayConfigurationException Wrong(string name, string text, string rule) => new($"{section}:{name} is '{text}'; {rule}.");
}
