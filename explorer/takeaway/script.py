"""The parts of a script that are the same for every loss, or differ in a few words."""

from string import Template

HEAD = Template('''\
"""Train a small classifier with: $title.

Reads data.csv beside this file, writes model.keras, and says how the test part fares.
"""

import csv
from pathlib import Path
$typing
import keras
import numpy as np
${ops}
HERE = Path(__file__).parent''')

LOSS = Template('''\
@keras.saving.register_keras_serializable("takeaway")
class $name(keras.losses.Loss):
    """$title."""

$init    def call(self, y_true, y_pred$per_sample):
        """Return the loss of each sample; y_true is one-hot, y_pred holds logits."""
$prepare        return $function(y_true, y_pred, $passed, from_logits=True)$config''')

INIT = Template("""\
    def __init__(self, $arguments, **options):
        super().__init__(**options)
$assignments

""")

PREPARE = """\
        weights = ops.convert_to_tensor(self.weights, y_pred.dtype)
"""

CONFIG = Template('''

    def get_config(self):
        """Return what remakes the loss."""
        return {**super().get_config(), $entries}''')

MODEL = Template('''\
@keras.saving.register_keras_serializable("takeaway")
class $name(keras.Model):
    """A network whose loss also sees $company.

    It trains on {"x": $inputs, "$context": $tensors}; to predict, the $inputs are enough.
    """

    def __init__(self, network, **options):
        super().__init__(**options)
        self.network = network

    def call(self, inputs, training=None):
        """Return the $says."""
        x = inputs["x"] if isinstance(inputs, dict) else inputs
        return self.network(x, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **_):
        """Return the mean loss of a batch, each sample $own."""
        losses = self.loss.call(y, y_pred, x["$context"])
        if sample_weight is not None:
            losses = losses * ops.reshape(ops.cast(sample_weight, losses.dtype), ops.shape(losses))
        return ops.mean(losses) + sum(self.losses)

    def get_config(self):
        """Return what remakes the model."""
        return {**super().get_config(), "network": keras.saving.serialize_keras_object(self.network)}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Return the model that a config describes."""
        network = keras.saving.deserialize_keras_object(config["network"], custom_objects)
        return cls(**{**config, "network": network})''')

NETWORK = '''\
def build():
    """Return the untrained network: normalised features in, logits out."""
    glorot = keras.initializers.GlorotUniform
    return keras.Sequential(
        [
            keras.Input((len(FEATURES),), name="features"),
            keras.layers.Dense(HIDDEN, "relu", kernel_initializer=glorot(SEED), name="hidden"),
            keras.layers.Dense(len(CLASSES), kernel_initializer=glorot(SEED + 1), name="logits"),
        ],
        name="classification",
    )'''

READ = Template('''\
def read():
    """Return $returned of each row of data.csv."""
    with open(HERE / "data.csv", newline="", encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    d = len(FEATURES)
    x = np.array([row[:d] for row in rows], "float64")
    label = np.array([row[d] for row in rows], "int64")  # row[d + 1] is the name of the class
    part = np.array([row[d + 2] for row in rows])
$tables    known = x[part == "train"]
    mean, std = known.mean(axis=0), known.std(axis=0)
$constant    return ((x - mean) / std).astype("float32"), label, part$and_tables''')

TABLES = """\
    tables = np.array([row[d + 3 :] for row in rows], "float32")
    tables = tables.reshape(-1, len(CLASSES), len(CLASSES))
"""

CONSTANT = """\
    same = known.min(axis=0) == known.max(axis=0)  # such a feature tells nothing; it becomes 0
    mean[same], std[same | (std == 0)] = known[0, same], 1
"""

MAIN = Template('''\
def main():
    """Train, save, load again, and say how the test part fares."""
    x, label, part$and_tables = read()
    y = np.eye(len(CLASSES), dtype="float32")[label]
    train, validation, test = (np.flatnonzero(part == name) for name in ("train", "validation", "test"))

    model = $model
    model.compile(
        optimizer=keras.optimizers.$optimizer,
        loss=$loss,
    )
$random    for epoch in range(EPOCHS):
        $order
        told = model.fit(
            $train_input,
            y[order],
            batch_size=BATCH_SIZE,
            shuffle=False,  # the order is ours
            validation_data=($validation_input, y[validation]),
            verbose=0,
        ).history
        print(f"epoch {epoch + 1}: loss {told['loss'][0]:.6f}, validation {told['val_loss'][0]:.6f}")

    logits = model.predict(x[test], verbose=0)
    model.save(HERE / "model.keras")
    again = keras.saving.load_model(HERE / "model.keras")
    np.testing.assert_allclose(again.predict(x[test], verbose=0), logits, rtol=1e-6, atol=1e-6)

    predicted = logits.argmax(axis=-1)
    wrong = predicted != label[test]
    cost = $cost * wrong  # being right costs nothing
    confusion = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(confusion, (label[test], predicted), 1)
    print(f"accuracy {1 - wrong.mean():.6f}")
    print(f"mean cost {cost.mean(dtype='float64'):.6f}")
    print("rows true, columns predicted:")
    for name, row in zip(CLASSES, confusion):
        print(*row, repr(name), sep="\\t")''')

PLAIN = "keras.losses.CategoricalCrossentropy(from_logits=True)"

TAIL = """\
if __name__ == "__main__":
    main()
"""
