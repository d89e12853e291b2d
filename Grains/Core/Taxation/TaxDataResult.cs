using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Taxation;

/// <summary>Data, or what is wrong with a file.</summary>
/// <param name="Data">Null when there are errors.</param>
/// <param name="Errors">All that is wrong, with pointers into the file.</param>
public sealed record TaxDataResult(TaxData? Data, IReadOnlyList<ValidationError> Errors);
