using System.Text.RegularExpressions;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Invoices;

/// <summary>The language of a document: the one that is asked for, or the customer's.</summary>
internal static partial class DocumentLanguage
{
    /// <exception cref="Problems.ProblemException">422: 'language' is no tag.</exception>
    public static string Of(HttpContext context, CustomerView customer)
    {
        var asked = Query.Text(context, "language");
        return asked is null || Tag().IsMatch(asked)
            ? WithRegion(asked ?? customer.Language ?? "en", customer.Language is null && asked is null ? null : customer.Country)
            : throw Query.Fault("language", "Give a BCP 47 tag such as de, pt-BR or zh-Hans-CN.");
    }

    /// <summary>A language that names no region is written as in the customer's country, where that is known to differ.</summary>
    private static string WithRegion(string language, string? country) =>
        country is null || language.Contains('-', StringComparison.Ordinal) ? language : $"{language}-{country}";

    /// <summary>Language, and if wanted script and region, by BCP 47 (RFC 5646, section 2.1).</summary>
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
