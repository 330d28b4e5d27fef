#include "run/text_loss.h"

#include <stdlib.h>

#include "base/memory.h"

enum {
	/* few, as each begins without a past; more than one, to be fast */
	STREAMS = 10,
	STEPS = 10,
	WINDOWS = 200
};

bool
text_loss_begin(struct text_loss *loss, const struct model *model,
	const struct text *text, struct framing_form framing, size_t first,
	size_t end, enum streams_reset reset, struct error *error)
{
	struct streams_form form = {
		.framing = framing,
		.first = first,
		.end = end,
		.samples = framing.framing == FRAMING_SEQUENCE ? STREAMS
							       : WINDOWS,
		.length = STEPS,
		.reset = reset,
	};
	size_t size;

	*loss = (struct text_loss){.form = {.loss = LOSS_CROSSENTROPY,
		.features = text->vocabulary.count}};
	if (!streams_create(&loss->streams, text, &form, error))
		return false;
	if (!memory_product(loss->streams.samples * loss->streams.steps,
		    text->vocabulary.count, &size))
		return error_out_of_memory(error);
	loss->slopes = memory_floats(size);
	if (loss->slopes == NULL)
		return error_out_of_memory(error);
	return streams_create_batch(&loss->streams, &loss->batch, error) &&
		pass_create(&loss->pass, model, loss->streams.steps,
			loss->streams.samples, false, error);
}

void
text_loss_end(struct text_loss *loss)
{
	batch_destroy(&loss->batch);
	streams_destroy(&loss->streams);
	pass_destroy(&loss->pass);
	free(loss->slopes);
	*loss = (struct text_loss){0};
}

bool
text_loss_is_done(const struct text_loss *loss)
{
	return loss->streams.passes > 0;
}

uint64_t
text_loss_advance(struct text_loss *loss)
{
	struct streams *streams = &loss->streams;
	struct batch *batch = &loss->batch;
	size_t first, rows;

	streams_fill(streams, batch);
	pass_predict_symbols(&loss->pass, batch->steps, batch->samples,
		batch->input_symbols);
	first = batch->first_target * batch->samples;
	rows = batch->steps * batch->samples - first;
	loss->sum += loss_sum_symbols(&loss->form, rows,
		loss->pass.predictions + first * loss->form.features,
		batch->target_symbols + first,
		batch->weights ? batch->weights + first : NULL, 1,
		loss->slopes);
	loss->predicted += batch->predicted;
	if (streams->form.framing.framing == FRAMING_SEQUENCE) {
		pass_carry_state(&loss->pass);
		for (size_t s = 0; s < streams->samples; s++)
			if (streams->ends[s])
				pass_clear_state(&loss->pass, s);
	}
	streams_commit(streams);
	return (uint64_t)rows * loss->pass.model->parameters.total;
}

double
text_loss_mean(const struct text_loss *loss)
{
	return loss->sum / (double)loss->predicted;
}
