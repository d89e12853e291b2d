using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace OrleansBilling.Contracts.Serialization;

/// <summary>Serialization that silos and their clients share.</summary>
public static class ContractSerialization
{
    /// <summary>
    /// Core types travel in the product's JSON dialect; our own exceptions as themselves, and those of Polly, with which Orleans
    /// bounds its look-ups: a rejected call whose cause cannot be told would look like our own mistake.
    /// </summary>
    public static IServiceCollection AddBillingSerialization(this IServiceCollection services) => services
        .Configure<ExceptionSerializationOptions>(o =>
        {
            o.SupportedNamespacePrefixes.Add("OrleansBilling");
            o.SupportedNamespacePrefixes.Add("Polly");
        })
        .AddSerializer(s => s.AddJsonSerializer(
            type => type.Namespace?.StartsWith("OrleansBilling.Core", StringComparison.Ordinal) == true, BillingJson.Options));
}
